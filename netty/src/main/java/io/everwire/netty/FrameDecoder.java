package io.everwire.netty;

import io.everwire.protocol.text.Utf8;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the messages in the frames that a client sends (RFC 6455, section 5), however they are cut into reads. Each becomes one
 * array, unmasked there, in which nothing else is; of a read, nothing is kept. What is announced takes no memory before it arrives.
 *
 * <p>Netty's decoder does the same with an object for each frame, and hands them on one by one: benchmark {@code echo-deep}.
 */
final class FrameDecoder {
    /** What was found, in order. */
    interface Listener {
        /**
         * A whole message.
         *
         * @param payload its bytes; of a text that is not compressed, valid UTF-8
         * @param compressed whether RSV1 says that it is (RFC 7692, section 6)
         */
        void message(byte[] payload, boolean text, boolean compressed);

        /** A ping. */
        void ping(byte[] payload);

        /** The peer says no more; the code is −1 if it gave none. */
        void closing(int code);

        /** The peer broke the rules; nothing it sends is looked at any more. */
        void broken(WebSocketCloseStatus status, String why);
    }

    /** What the next bytes are. */
    private enum Next {
        HEAD,
        LENGTH,
        MASK,
        PAYLOAD,
        NOTHING
    }

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** The highest bit of each of eight bytes: none in ASCII. */
    private static final long NOT_ASCII = 0x8080808080808080L;

    private static final int FINAL = 0x8000;
    private static final int COMPRESSED = 0x4000;
    private static final int RESERVED = 0x7000;
    private static final int MASKED = 0x80;

    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    /** Of a control frame (section 5.5). */
    private static final int LONGEST_CONTROL = 125;

    private final int maxPayload;
    private final int maxFragments;
    private final boolean compression;
    private final Listener listener;

    private Next next = Next.HEAD;

    /** A number that is being read, and how many of its bytes are here. */
    private long number;

    private byte numberBytes;

    private int head;
    private int length;
    private int mask;
    private byte @Nullable [] payload;
    private int received;

    /** There while a message comes in fragments, which is rare (benchmark idle). */
    private @Nullable Fragments fragments;

    /** The fragments of a message that came so far: the head of the first one, and their payloads. */
    private static final class Fragments {
        final int first;
        final List<byte[]> parts = new ArrayList<>();
        int length;

        Fragments(int first) {
            this.first = first;
        }
    }

    /** @param compression whether RSV1 was agreed upon */
    FrameDecoder(int maxPayload, int maxFragments, boolean compression, Listener listener) {
        this.maxPayload = maxPayload;
        this.maxFragments = maxFragments;
        this.compression = compression;
        this.listener = listener;
    }

    /** Uses up {@code in}. */
    void read(ByteBuf in) {
        while (in.isReadable()) {
            switch (next) {
                case HEAD -> {
                    if (number(in, Short.BYTES)) {
                        head((int) number);
                    }
                }
                case LENGTH -> {
                    if (number(in, (head & 0x7F) == 126 ? Short.BYTES : Long.BYTES)) {
                        length(number);
                    }
                }
                case MASK -> {
                    if (number(in, Integer.BYTES)) {
                        mask = (int) number;
                        next = Next.PAYLOAD;
                        if (length == 0) {
                            payload(in);
                        }
                    }
                }
                case PAYLOAD -> payload(in);
                case NOTHING -> in.skipBytes(in.readableBytes());
            }
        }
    }

    /** Forgets what was begun, and reads past the rest. */
    void stop() {
        next = Next.NOTHING;
        payload = null;
        fragments = null;
    }

    /** Returns whether {@link #number} is all here. */
    private boolean number(ByteBuf in, int size) {
        if (numberBytes == 0 && in.readableBytes() >= size) {
            number =
                    size == Short.BYTES ? in.readUnsignedShort() : size == Integer.BYTES ? in.readInt() : in.readLong();
            return true;
        }
        number = numberBytes == 0 ? 0 : number;
        while (numberBytes < size && in.isReadable()) {
            number = (number << Byte.SIZE) | in.readUnsignedByte();
            numberBytes++;
        }
        boolean complete = numberBytes == size;
        numberBytes = complete ? 0 : numberBytes;
        return complete;
    }

    private void head(int bits) {
        head = bits;
        String wrong = (bits & 0x800) == 0 ? wrongData(bits) : wrongControl(bits);
        if ((bits & MASKED) == 0) {
            wrong = "a frame that is not masked";
        }
        if (wrong != null) {
            broken(WebSocketCloseStatus.PROTOCOL_ERROR, wrong);
        } else if ((bits & 0x7F) < 126) {
            begin(bits & 0x7F);
        } else {
            next = Next.LENGTH;
        }
    }

    private @Nullable String wrongData(int bits) {
        int type = type(bits);
        int reserved = bits & RESERVED;
        if (reserved != 0 && (reserved != COMPRESSED || !compression || type == CONTINUATION)) {
            return "a reserved bit that means nothing here";
        } else if (type > BINARY) {
            return "a frame of type " + type;
        } else if ((type == CONTINUATION) != (fragments != null)) {
            return type == CONTINUATION ? "a continuation of nothing" : "a message inside another";
        }
        return null;
    }

    private static @Nullable String wrongControl(int bits) {
        if ((bits & RESERVED) != 0) {
            return "a reserved bit that means nothing here";
        } else if (type(bits) > PONG) {
            return "a frame of type " + type(bits);
        } else if ((bits & FINAL) == 0 || (bits & 0x7F) > LONGEST_CONTROL) {
            return "a control frame in parts, or too long";
        }
        return null;
    }

    /** In the shortest form (section 5.2). */
    private void length(long announced) {
        boolean shortest = (head & 0x7F) == 126 ? announced > LONGEST_CONTROL : announced > 0xFFFF;
        if (!shortest) {
            broken(WebSocketCloseStatus.PROTOCOL_ERROR, "a length that is not in its shortest form");
        } else {
            begin(announced);
        }
    }

    private void begin(long announced) {
        boolean data = type(head) < CLOSE;
        if (data && announced > maxPayload - (fragments == null ? 0 : fragments.length)) {
            broken(WebSocketCloseStatus.MESSAGE_TOO_BIG, "a message of more than " + maxPayload + " bytes");
        } else {
            length = (int) announced;
            next = Next.MASK;
        }
    }

    private void payload(ByteBuf in) {
        int part = Math.min(length - received, in.readableBytes());
        byte[] bytes = payload;
        if (bytes == null) {
            bytes = new byte[part];
        } else if (bytes.length < received + part) {
            // By doubling, for a peer may send one byte at a time.
            bytes = Arrays.copyOf(bytes, Math.min(length, Math.max(received + part, 2 * received)));
        }
        in.readBytes(bytes, received, part);
        received += part;
        payload = bytes;
        if (received == length) {
            payload = null;
            received = 0;
            next = Next.HEAD;
            frame(bytes, unmask(bytes, mask));
        }
    }

    private void frame(byte[] bytes, boolean ascii) {
        switch (type(head)) {
            case CLOSE -> closing(bytes);
            case PING -> listener.ping(bytes);
            case PONG -> {}
            default -> {
                if (fragments == null && (head & FINAL) != 0) {
                    message(bytes, head, ascii);
                } else {
                    fragment(bytes);
                }
            }
        }
    }

    private void fragment(byte[] bytes) {
        Fragments known = fragments;
        if (known == null) {
            known = new Fragments(head);
            fragments = known;
        }
        if (known.parts.size() == maxFragments) {
            broken(WebSocketCloseStatus.POLICY_VIOLATION, "more than " + maxFragments + " fragments");
            return;
        }
        known.parts.add(bytes);
        known.length += bytes.length;
        if ((head & FINAL) != 0) {
            fragments = null;
            message(join(known.parts, known.length), known.first, false);
        }
    }

    private void message(byte[] bytes, int bits, boolean ascii) {
        boolean text = type(bits) == TEXT;
        boolean compressed = (bits & COMPRESSED) != 0;
        if (text && !compressed && !ascii && !Utf8.isValid(bytes, 0, bytes.length)) {
            broken(WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "text that is not UTF-8");
        } else {
            listener.message(bytes, text, compressed);
        }
    }

    private void closing(byte[] bytes) {
        int code = bytes.length < 2 ? -1 : (bytes[0] & 0xFF) << Byte.SIZE | (bytes[1] & 0xFF);
        if (bytes.length == 1 || (code >= 0 && !WebSocketCloseStatus.isValidStatusCode(code))) {
            broken(WebSocketCloseStatus.PROTOCOL_ERROR, "a close frame with a code that means nothing");
        } else if (code >= 0 && !Utf8.isValid(bytes, 2, bytes.length)) {
            broken(WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "a reason that is not UTF-8");
        } else {
            stop();
            listener.closing(code);
        }
    }

    private void broken(WebSocketCloseStatus status, String why) {
        stop();
        listener.broken(status, why);
    }

    private static int type(int bits) {
        return (bits >> Byte.SIZE) & 0x0F;
    }

    private static byte[] join(List<byte[]> parts, int length) {
        byte[] joined = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    /** Eight bytes at a time; returns whether all of them are ASCII, and so need no second look. */
    private static boolean unmask(byte[] bytes, int mask) {
        long twice = ((long) mask << Integer.SIZE) | (mask & 0xFFFFFFFFL);
        long all = 0;
        int at = 0;
        for (; at <= bytes.length - Long.BYTES; at += Long.BYTES) {
            long eight = (long) LONGS.get(bytes, at) ^ twice;
            LONGS.set(bytes, at, eight);
            all |= eight;
        }
        for (; at < bytes.length; at++) {
            bytes[at] ^= (byte) (mask >>> (Integer.SIZE - Byte.SIZE * (1 + (at & 3))));
            all |= bytes[at];
        }
        return (all & NOT_ASCII) == 0;
    }
}
