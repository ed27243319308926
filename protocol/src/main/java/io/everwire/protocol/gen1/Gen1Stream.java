package io.everwire.protocol.gen1;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Response;
import java.util.List;

/**
 * A GET of htmlfile: a page without end. Each payload is a script in it, which hands the payload to the frame around
 * it: {@code <script>_("3:::hello");</script>}
 */
record Gen1Stream(Exchange exchange) implements Gen1Connection {
    /**
     * The first 256 bytes, because Internet Explorer shows no page before it has so many. Byte for byte that of server
     * 0.9.19.
     */
    private static final Response BEGINNING = new Response(
            200,
            List.of("Content-Type", "text/html; charset=UTF-8"),
            Bytes.utf8("<html><body><script>var _ = function (msg) { parent.s._(msg, document); };</script>"
                    + " ".repeat(173)));

    /** Begins the page as the response of {@code exchange}. */
    static Gen1Stream on(Exchange exchange) {
        exchange.start(BEGINNING);
        return new Gen1Stream(exchange);
    }

    @Override
    public boolean isPoll() {
        return false;
    }

    @Override
    public void send(Bytes packet) {
        exchange.write(Bytes.utf8("<script>_(" + Gen1Text.script(packet) + ");</script>"));
    }

    @Override
    public void sendAll(List<Bytes> packets) {
        send(Gen1Framing.join(packets));
    }

    @Override
    public boolean writable() {
        return exchange.writable();
    }

    @Override
    public void supersede() {
        close();
    }

    @Override
    public void close() {
        exchange.finish();
    }

    /** Sends an error packet first: the client does not notice that a page ended. */
    @Override
    public void closeForReconnect() {
        send(Gen1Encoder.NOT_HANDSHAKEN);
        close();
    }

    @Override
    public boolean isOn(Object port) {
        return exchange.equals(port);
    }
}
