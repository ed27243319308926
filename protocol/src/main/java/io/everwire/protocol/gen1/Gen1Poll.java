package io.everwire.protocol.gen1;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Response;
import java.util.List;

/**
 * A GET of xhr-polling or jsonp-polling: the payload is the answer's body, or the argument of the function it calls.
 *
 * @param callback the function, {@code io.j[0]}; empty for xhr-polling
 */
record Gen1Poll(Exchange exchange, String callback) implements Gen1Connection {
    private static final List<String> TEXT = List.of("Content-Type", "text/plain; charset=UTF-8");
    private static final List<String> SCRIPT =
            List.of("Content-Type", "text/javascript; charset=UTF-8", "X-XSS-Protection", "0");

    /** A poll by script: parameter {@code i} is the client's index, 0 if it is missing or no number. */
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

    /** The original left the older poll without an answer, for ever. */
    @Override
    public void supersede() {
        send(Gen1Encoder.NOOP);
    }

    @Override
    public void close() {}

    /** What the original answers the next poll; a pending one it left without an answer. */
    @Override
    public void closeForReconnect() {
        send(Gen1Encoder.NOT_HANDSHAKEN);
    }

    @Override
    public boolean isOn(Object port) {
        return exchange.equals(port);
    }
}
