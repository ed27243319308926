package io.everwire.netty;

import io.everwire.protocol.CloseReason;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.ReachedLimit;
import io.everwire.protocol.text.Utf8;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the messages in the bytes of a peer that speaks hixie-75 or hixie-76, independently of the reads that deliver
 * them. Used on the event loop only.
 *
 * <p>The drafts also define frames with a length, which no client ever sent: they are rejected, except the close frame
 * of hixie-76.
 */
final class HixieDecoder {
    private static final byte[] NOTHING = {};

    private enum Next {
        /** The first byte of a frame. */
        TYPE,
        /** The text of a frame. */
        TEXT,
        /** The length after {@code FF}. */
        LENGTH,
        /** Nothing, after {@code FF 00}: further bytes are skipped. */
        END
    }

    private final int maxPayload;
    private Next next = Next.TYPE;
    private byte[] held = NOTHING;
    private int length;

    /** @param maxPayload the largest accepted message, in bytes */
    HixieDecoder(int maxPayload) {
        this.maxPayload = maxPayload;
    }

    /**
     * Returns the next message, as an array of its own that holds valid UTF-8. Returns null if the rest of {@code in},
     * which is then consumed, completes none.
     *
     * @throws ProtocolException if the peer violates the protocol; {@link #next} must not be called again
     */
    byte @Nullable [] next(ByteBuf in) {
        while (in.isReadable()) {
            switch (next) {
                case TYPE -> type(in.readUnsignedByte());
                case LENGTH -> length(in.readUnsignedByte());
                case END -> in.skipBytes(in.readableBytes());
                case TEXT -> {
                    byte[] message = text(in);
                    if (message != null) {
                        return message;
                    }
                }
            }
        }
        return null;
    }

    /** Returns whether the peer's close frame arrived. */
    boolean closed() {
        return next == Next.END;
    }

    /** Returns the memory of a message that has arrived in part, in bytes. */
    int incomplete() {
        return held.length;
    }

    /** Discards a message that has arrived in part. */
    void discard() {
        held = NOTHING;
        length = 0;
    }

    private void type(int type) {
        switch (type) {
            case HixieEncoder.BEGIN -> next = Next.TEXT;
            case HixieEncoder.END -> next = Next.LENGTH;
            default -> throw violation("a frame of type " + type);
        }
    }

    private void length(int length) {
        if (length != 0) {
            throw violation("a frame of bytes");
        }
        next = Next.END;
    }

    private byte @Nullable [] text(ByteBuf in) {
        int end = in.bytesBefore((byte) HixieEncoder.END);
        int more = end < 0 ? in.readableBytes() : end;
        if (more > maxPayload - length) {
            throw new ProtocolException(
                    CloseReason.TRANSPORT_ERROR,
                    new ReachedLimit("maxHttpBufferSize", maxPayload, (long) length + more));
        }
        if (end < 0) {
            hold(in, more);
            return null;
        }
        byte[] message = Arrays.copyOf(held, length + more);
        in.readBytes(message, length, more).skipBytes(1);
        discard();
        next = Next.TYPE;
        if (!Utf8.isValid(message, 0, message.length)) {
            throw violation("text that is not UTF-8");
        }
        return message;
    }

    /** Holds a part of a message. Grows by doubling, because a peer may send one byte at a time. */
    private void hold(ByteBuf in, int more) {
        if (more > held.length - length) {
            held = Arrays.copyOf(held, (int) Math.max((long) length + more, Math.min(2L * held.length, maxPayload)));
        }
        in.readBytes(held, length, more);
        length += more;
    }

    private static ProtocolException violation(String what) {
        return new ProtocolException(CloseReason.TRANSPORT_ERROR, what);
    }
}
