package io.everwire.netty;

import io.everwire.protocol.CloseReason;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.text.Utf8;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the messages in what a peer of the drafts 75 and 76 sends, however it is cut into reads. The drafts also have
 * frames with a length, which no client ever sent: they are refused, but for the one that ends 76.
 */
final class HixieDecoder {
    private static final byte[] NOTHING = {};

    private enum Next {
        TYPE,
        TEXT,
        /** After {@code FF}. */
        LENGTH,
        /** After {@code FF 00}: nothing. */
        END
    }

    private final int maxPayload;
    private Next next = Next.TYPE;
    private byte[] held = NOTHING;
    private int length;

    HixieDecoder(int maxPayload) {
        this.maxPayload = maxPayload;
    }

    /**
     * The next message, as an array of its own that holds valid UTF-8; null if {@code in}, which is then used up, does not
     * end one.
     *
     * @throws ProtocolException if the peer breaks the rules
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

    /** Whether the peer has said that it will send no more. */
    boolean ended() {
        return next == Next.END;
    }

    /** Forgets what was begun. */
    void release() {
        held = NOTHING;
        length = 0;
    }

    private void type(int type) {
        switch (type) {
            case HixieEncoder.BEGIN -> next = Next.TEXT;
            case HixieEncoder.END -> next = Next.LENGTH;
            default -> throw broken("a frame of type " + type);
        }
    }

    private void length(int length) {
        if (length != 0) {
            throw broken("a frame of bytes");
        }
        next = Next.END;
    }

    private byte @Nullable [] text(ByteBuf in) {
        int end = in.bytesBefore((byte) HixieEncoder.END);
        int more = end < 0 ? in.readableBytes() : end;
        if (more > maxPayload - length) {
            throw broken("a message of more than " + maxPayload + " bytes");
        }
        if (end < 0) {
            hold(in, more);
            return null;
        }
        byte[] message = Arrays.copyOf(held, length + more);
        in.readBytes(message, length, more).skipBytes(1);
        release();
        next = Next.TYPE;
        if (!Utf8.isValid(message, 0, message.length)) {
            throw broken("text that is not UTF-8");
        }
        return message;
    }

    /** Grows by doubling, for a peer may send one byte at a time. */
    private void hold(ByteBuf in, int more) {
        if (more > held.length - length) {
            held = Arrays.copyOf(held, (int) Math.max((long) length + more, Math.min(2L * held.length, maxPayload)));
        }
        in.readBytes(held, length, more);
        length += more;
    }

    private static ProtocolException broken(String what) {
        return new ProtocolException(CloseReason.TRANSPORT_ERROR, what);
    }
}
