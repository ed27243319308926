package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Response;
import java.util.List;

/**
 * A GET of jsonp-polling: the answer is a script that calls the client with the payload.
 *
 * @param index where the client stands in its page's table, as this very request says: it may differ from poll to poll
 */
record Gen0Jsonp(Exchange exchange, int index) implements Gen0Connection {
    private static final List<String> HEADERS =
            List.of("Content-Type", "text/javascript; charset=UTF-8", "X-Content-Type-Options", "nosniff");
    private static final Bytes AFTER = Bytes.utf8(");");

    @Override
    public boolean isPoll() {
        return true;
    }

    /** The original's call of an idle poll has an empty string too. */
    @Override
    public void send(Bytes payload) {
        Bytes before = Bytes.utf8("io.JSONP[" + index + "]._(");
        exchange.reply(new Response(200, HEADERS, Gen0Text.join(before, Gen0Text.script(payload), AFTER)));
    }

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void supersede() {
        send(Bytes.EMPTY);
    }

    /** A script that does not load is what the client understands, as a poll that fails. */
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
