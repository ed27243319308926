package io.everwire.engine.frames;

import io.everwire.engine.Compression;
import io.everwire.engine.EngineOptions;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.ReachedLimit;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses and expands the messages of one WebSocket (RFC 7692, section 7.2). Used on the event loop only.
 *
 * <p>Without context takeover, nothing is kept between two messages and the streams are shared by all WebSockets of the
 * event loop. With it, this object owns the streams of both directions until {@link #end}.
 */
public final class MessageDeflate {
    /** Thrown if a message expands beyond a limit. Has no stack trace: the peer decides how often it is thrown. */
    static final class TooLarge extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient ReachedLimit reached;

        TooLarge(ReachedLimit reached) {
            super(reached.toString(), null, false, false);
            this.reached = reached;
        }

        /** Returns the limit of the expanded message. */
        ReachedLimit reached() {
            return reached;
        }
    }

    /** The smallest buffer for an expanded message. */
    private static final int STEP = 8 * 1024;

    /** The last bytes that a flushed deflater writes, which are not sent (RFC 7692, section 7.2.1). */
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private final Compression.Deflate options;
    private final int maxPayload;
    private final boolean stateless;
    private final DeflatePair pair;

    /**
     * Returns the compression that a handshake agreed on, or null if it agreed on none.
     *
     * @param extension the agreed compression as the response names it ({@link DeflateOffer}), or null
     * @param shared returns the streams that all WebSockets of the event loop share
     */
    public static @Nullable MessageDeflate agreed(
            @Nullable String extension, EngineOptions options, Supplier<DeflatePair> shared) {
        Compression.Deflate compression = options.compression().webSocket();
        return extension == null || compression == null
                ? null
                : new MessageDeflate(
                        compression, options.session().maxPayload(), DeflateOffer.isServerStateless(extension), shared);
    }

    /**
     * @param maxPayload the largest expanded message, in bytes
     * @param stateless whether compressed messages must not refer to earlier ones, even if the options allow it
     * @param shared returns the streams that all WebSockets of the event loop share; not called if the options allow
     *     context takeover
     */
    MessageDeflate(Compression.Deflate options, int maxPayload, boolean stateless, Supplier<DeflatePair> shared) {
        this.options = options;
        this.maxPayload = maxPayload;
        this.stateless = stateless;
        this.pair = options.contextTakeover() ? new DeflatePair() : shared.get();
    }

    /**
     * Returns whether compressed messages refer to no earlier ones: they are then the same for all WebSockets with
     * these {@link #options}.
     */
    public boolean isStateless() {
        return stateless;
    }

    /** Returns the options by which messages are compressed. */
    public Compression.Deflate options() {
        return options;
    }

    /** Returns whether the message is large enough to be compressed. An empty one would grow. */
    public boolean isWorth(Bytes message) {
        return !message.isEmpty() && message.length() >= options.threshold();
    }

    /** Returns the compressed message, as it is sent. */
    public Bytes deflate(Bytes message) {
        Deflater deflater = pair.deflater(options.level(), !stateless);
        deflater.setInput(message.array(), message.offset(), message.length());
        byte[] out = new byte[message.length() / 4 + 64];
        int length = 0;
        int written;
        do {
            if (length == out.length) {
                out = Arrays.copyOf(out, out.length * 2);
            }
            written = deflater.deflate(out, length, out.length - length, Deflater.SYNC_FLUSH);
            length += written;
        } while (length == out.length);
        deflater.setInput(TAIL, 0, 0);
        return Bytes.of(out, 0, length - TAIL.length);
    }

    /**
     * Returns the expanded message. Only its size is limited, as in the Node server (ws 8): honest data expands as much
     * as a bomb, which costs no more than a message of that size.
     *
     * @throws TooLarge if it is larger than {@code maxPayload}
     * @throws DataFormatException if {@code message} is not compressed, or needs a preset dictionary
     */
    byte[] inflate(byte[] message) throws TooLarge, DataFormatException {
        Inflater inflater = pair.inflater(options.contextTakeover());
        byte[] out = new byte[Math.min(maxPayload, Math.max(STEP, message.length * 2)) + 1];
        inflater.setInput(message);
        int length = 0;
        boolean tail = false;
        while (true) {
            int read = inflater.inflate(out, length, out.length - length);
            length += read;
            if (length > maxPayload) {
                throw new TooLarge(ReachedLimit.beyond("maxHttpBufferSize", maxPayload));
            }
            if (length == out.length) {
                out = Arrays.copyOf(out, (int) Math.min(maxPayload + 1L, out.length * 2L));
            } else if (inflater.finished() && !tail && inflater.getRemaining() > 0) {
                // A block with BFINAL ends one stream, and another begins (RFC 7692, section 7.2.3.4).
                int rest = inflater.getRemaining();
                inflater.reset();
                inflater.setInput(message, message.length - rest, rest);
            } else if (inflater.finished() || (read == 0 && tail)) {
                break;
            } else if (read == 0 && inflater.needsInput()) {
                inflater.setInput(TAIL);
                tail = true;
            } else if (read == 0) {
                throw new DataFormatException("a preset dictionary");
            }
        }
        inflater.setInput(TAIL, 0, 0);
        return Arrays.copyOf(out, length);
    }

    /** Releases the memory of this WebSocket's own streams, which lies outside the heap. */
    void end() {
        if (options.contextTakeover()) {
            pair.end();
        }
    }
}
