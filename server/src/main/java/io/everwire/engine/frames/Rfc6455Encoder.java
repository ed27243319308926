package io.everwire.engine.frames;

import static io.everwire.engine.frames.FrameHeader.BINARY;
import static io.everwire.engine.frames.FrameHeader.CLOSE;
import static io.everwire.engine.frames.FrameHeader.COMPRESSED;
import static io.everwire.engine.frames.FrameHeader.PONG;
import static io.everwire.engine.frames.FrameHeader.TEXT;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.SendOptions;
import io.everwire.protocol.WebSocketLine;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages as frames of RFC 6455: decides which are compressed, and which are shared with other sessions. Used on
 * the event loop only.
 */
public final class Rfc6455Encoder {
    private static final Rfc6455Encoder PLAIN = new Rfc6455Encoder(null);

    private final @Nullable MessageDeflate deflate;

    private Rfc6455Encoder(@Nullable MessageDeflate deflate) {
        this.deflate = deflate;
    }

    /**
     * Returns the encoder of one WebSocket; one instance for all WebSockets without compression.
     *
     * @param deflate the agreed compression, or null
     */
    public static Rfc6455Encoder of(@Nullable MessageDeflate deflate) {
        return deflate == null ? PLAIN : new Rfc6455Encoder(deflate);
    }

    /** Writes a whole text message; compresses it if {@code options} asks for it and the peer agreed to it. */
    public void text(FrameOutput out, Bytes message, SendOptions options) {
        message(out, TEXT, message, options);
    }

    /** Writes a whole binary message; compresses it as {@link #text} does. */
    public void binary(FrameOutput out, Bytes message, SendOptions options) {
        message(out, BINARY, message, options);
    }

    /** Writes the answer to a ping. */
    public void pong(FrameOutput out, Bytes payload) {
        out.frame(PONG, payload);
    }

    /**
     * Writes the close frame, which must be the last one. A frame without a status has no payload: 1005 must not be sent
     * (section 7.4.1).
     *
     * @param code a code of section 7.4, or {@link WebSocketLine#NO_STATUS} for none
     */
    public void close(FrameOutput out, int code) {
        boolean silent = code == WebSocketLine.NO_STATUS;
        out.frame(CLOSE, silent ? Bytes.EMPTY : Bytes.of(new byte[] {(byte) (code >> 8), (byte) code}));
    }

    private void message(FrameOutput out, int firstByte, Bytes message, SendOptions options) {
        boolean shared = options.receivers() > 1;
        if (deflate == null || !options.compress() || !deflate.isWorth(message)) {
            if (shared) {
                out.sharedFrame(firstByte, message, null);
            } else {
                out.frame(firstByte, message);
            }
        } else if (shared && deflate.isStateless()) {
            out.sharedFrame(firstByte | COMPRESSED, message, deflate);
        } else {
            out.frame(firstByte | COMPRESSED, deflate.deflate(message));
        }
    }
}
