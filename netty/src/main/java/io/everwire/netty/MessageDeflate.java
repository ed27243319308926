package io.everwire.netty;

import io.everwire.engine.Compression;
import io.everwire.protocol.Bytes;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Compresses and expands the messages of one WebSocket (RFC 7692, section 7.2), on its loop. Without context takeover nothing is
 * held between two messages; with it, the state of both directions is this object's until {@link #end}.
 */
final class MessageDeflate {
    /** A message has grown beyond what it may. */
    static final class TooLarge extends Exception {
        private static final long serialVersionUID = 1L;

        TooLarge(String message) {
            super(message, null, false, false);
        }
    }

    /** Up to this size a message may have grown however much: it costs no more than one that was sent as it is. */
    private static final int FREE = 64 * 1024;

    private static final int STEP = 8 * 1024;

    /** The end of what a flushed deflater writes, which is not sent (RFC 7692, section 7.2.1). */
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private final Compression.Deflate options;
    private final int maxPayload;
    private final boolean forgets;
    private final DeflatePair pair;

    /**
     * Made on the loop of the WebSocket.
     *
     * @param forgets whether what is sent must not refer to earlier messages, whatever the options say
     */
    MessageDeflate(Compression.Deflate options, int maxPayload, boolean forgets) {
        this.options = options;
        this.maxPayload = maxPayload;
        this.forgets = forgets;
        this.pair = options.contextTakeover() ? new DeflatePair() : DeflatePair.ofLoop();
    }

    /** Whether what is sent refers to nothing that was sent before: it is the same for all lines with these {@link #options}. */
    boolean refersToNothing() {
        return forgets;
    }

    Compression.Deflate options() {
        return options;
    }

    /** Whether the message is large enough. */
    boolean isWorth(Bytes message) {
        return !message.isEmpty() && message.length() >= options.threshold();
    }

    /** The message as it is sent; called on the loop. */
    Bytes deflate(Bytes message) {
        Deflater deflater = pair.deflater(options.level(), !forgets);
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
     * The message that was sent.
     *
     * @throws TooLarge if it is larger than a message may be, or grew more than it may
     * @throws DataFormatException if it is nothing that was compressed
     */
    byte[] inflate(byte[] message) throws TooLarge, DataFormatException {
        Inflater inflater = pair.inflater(options.contextTakeover());
        byte[] out = new byte[Math.min(maxPayload, Math.max(STEP, message.length * 2)) + 1];
        inflater.setInput(message);
        int length = 0;
        boolean tail = false;
        while (!inflater.finished()) {
            int read = inflater.inflate(out, length, out.length - length);
            length += read;
            check(length, message.length);
            if (length == out.length) {
                out = Arrays.copyOf(out, (int) Math.min(maxPayload + 1L, out.length * 2L));
            } else if (read == 0 && tail) {
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

    /** Gives back what is held, which the JVM does not see in its heap. */
    void end() {
        if (options.contextTakeover()) {
            pair.end();
        }
    }

    private void check(int length, int compressed) throws TooLarge {
        if (length > maxPayload) {
            throw new TooLarge("more than " + maxPayload + " bytes when expanded");
        }
        if (length > FREE && length > (long) compressed * options.maxRatio()) {
            throw new TooLarge("expanded to more than " + options.maxRatio() + " times its size");
        }
    }
}
