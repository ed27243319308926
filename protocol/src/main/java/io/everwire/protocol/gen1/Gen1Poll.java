package io.everwire.protocol.gen1;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Response;
import java.util.List;

/**
 * A GET of xhr-polling or jsonp-polling. The payload is the body of the response, or the argument of the call in it:
 * {@code io.j[0]("3:::hello");}
 *
 * @param callback the function to call, {@code io.j[0]}; empty for xhr-polling
 */
record Gen1Poll(Exchange exchange, String callback) implements Gen1Connection {
    private static final List<String> TEXT = List.of("Content-Type", "text/plain; charset=UTF-8");
    /** Switches off the filter of Internet Explorer 8, as server 0.9.19 does. */
    private static final List<String> SCRIPT =
            List.of("Content-Type", "text/javascript; charset=UTF-8", "X-XSS-Protection", "0");

    /** Returns a poll by script. The parameter {@code i} is the client's index; 0 if it is missing or not a number. */
    static Gen1Poll ofScript(Exchange exchange) {
        String index = Gen1Target.number(exchange.head().target(), "i");
        return new Gen1Poll(exchange, "io.j[" + (index == null ? "0" : index) + "]");
    }

    @Override
    public boolean isPoll() {
        return true;
    }

    @Override
    public void send(Bytes packet) {
        exchange.reply(
                callback.isEmpty()
                        ? new Response(200, TEXT, packet)
                        : new Response(200, SCRIPT, Bytes.utf8(callback + "(" + Gen1Text.script(packet) + ");")));
    }

    @Override
    public void sendAll(List<Bytes> packets) {
        send(Gen1Framing.join(packets));
    }

    @Override
    public boolean writable() {
        return true;
    }

    /** Answers the older of two polls. The original never did. */
    @Override
    public void supersede() {
        send(Gen1Encoder.NOOP);
    }

    /** Does nothing: the packet before has answered the poll. */
    @Override
    public void close() {}

    /** Answers as the original answers the next poll. A pending poll it never answered. */
    @Override
    public void closeForReconnect() {
        send(Gen1Encoder.NOT_HANDSHAKEN);
    }

    @Override
    public boolean isOn(Object port) {
        return exchange.equals(port);
    }
}
