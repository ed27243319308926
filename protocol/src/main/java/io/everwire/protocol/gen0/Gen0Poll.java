package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Response;
import java.util.List;

/** A GET of xhr-polling: the payload is the body of the response. */
record Gen0Poll(Exchange exchange) implements Gen0Connection {
    private static final List<String> HEADERS = List.of("Content-Type", "text/plain; charset=UTF-8");

    @Override
    public boolean isPoll() {
        return true;
    }

    @Override
    public void send(Bytes payload) {
        exchange.reply(new Response(200, HEADERS, payload));
    }

    @Override
    public boolean writable() {
        return true;
    }

    /**
     * Answers the older of two polls at once. The original never answered it, and later answered the newer one by the
     * older one's timer.
     */
    @Override
    public void supersede() {
        send(Bytes.EMPTY);
    }

    /**
     * Closes the connection without a byte. No payload can say that the session is over: the client understands a
     * failed poll only.
     */
    @Override
    public void close() {
        exchange.drop();
    }

    @Override
    public void abort() {
        close();
    }

    @Override
    public boolean isOn(Object port) {
        return exchange.equals(port);
    }
}
