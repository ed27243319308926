package io.everwire.netty;

import io.everwire.engine.frames.MessageDeflate;
import io.everwire.engine.frames.Rfc6455Encoder;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.SendOptions;
import org.jspecify.annotations.Nullable;

/** Writes frames of RFC 6455 to the writer of a WebSocket. */
final class Rfc6455FrameEncoder implements FrameEncoder {
    private static final Rfc6455FrameEncoder PLAIN = new Rfc6455FrameEncoder(Rfc6455Encoder.of(null));

    private final Rfc6455Encoder encoder;

    private Rfc6455FrameEncoder(Rfc6455Encoder encoder) {
        this.encoder = encoder;
    }

    /**
     * Returns the encoder of one WebSocket; one instance for all WebSockets without compression.
     *
     * @param deflate the agreed compression, or null
     */
    static Rfc6455FrameEncoder of(@Nullable MessageDeflate deflate) {
        return deflate == null ? PLAIN : new Rfc6455FrameEncoder(Rfc6455Encoder.of(deflate));
    }

    @Override
    public void text(WebSocketWriter out, Bytes message, SendOptions options) {
        encoder.text(out, message, options);
    }

    @Override
    public void binary(WebSocketWriter out, Bytes message, SendOptions options) {
        encoder.binary(out, message, options);
    }

    @Override
    public void pong(WebSocketWriter out, Bytes payload) {
        encoder.pong(out, payload);
    }

    @Override
    public void close(WebSocketWriter out, int code) {
        encoder.close(out, code);
    }

    @Override
    public boolean closeIsAnswered() {
        return true;
    }
}
