package io.everwire.engine.frames;

import io.everwire.protocol.ReachedLimit;
import io.everwire.protocol.text.Utf8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the messages in the frames that a client sends (RFC 6455, section 5), independently of the reads that deliver
 * them, and expands compressed ones. Used on the event loop only.
 *
 * <p>Each message becomes one array of its exact size, and is unmasked there; no buffer of a read is kept. An announced
 * length takes no memory before its bytes arrive.
 */
public final class FrameDecoder {
    /**
     * Receives messages and control frames in the order in which they were sent. Called from inside
     * {@link FrameDecoder#read}.
     */
    public interface Listener {
        /**
         * Called with a whole message.
         *
         * @param payload its bytes, expanded, and owned by the listener; valid UTF-8 if it is a text
         */
        void message(byte[] payload, boolean text);

        /** Returns whether messages are still received. Otherwise a compressed one is dropped without being expanded. */
        boolean isOpen();

        /** Called with the payload of a ping. */
        void ping(byte[] payload);

        /** Called when a close frame arrived, with its code or −1 if it has none. Further bytes are ignored. */
        void closing(int code);

        /** Called when the peer violated the protocol, with the {@link CloseCode} to close with. Further bytes are ignored. */
        void violation(int code, String message);

        /** Called when the peer passed a limit, with the {@link CloseCode} to close with. Further bytes are ignored. */
        void limitReached(int code, ReachedLimit reached);
    }

    /** The meaning of the next bytes. */
    private enum Next {
        /** The first two bytes of a frame. */
        HEAD,
        /** The length, if it is longer than the head has space for. */
        LENGTH,
        /** The masking key. */
        MASK,
        /** The masked payload. */
        PAYLOAD,
        /** None: they are skipped. */
        NOTHING
    }

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** The highest bit of each of eight bytes, which ASCII does not have. */
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

    /** The memory of a fragment beside its bytes: the head of its array, and its place in the list. */
    private static final int FRAGMENT = 24;

    /** The longest payload of a control frame (section 5.5). */
    private static final int LONGEST_CONTROL = 125;

    private static final int LARGEST_CODE = 4999;

    private final int maxPayload;
    private final int maxFragments;
    private final @Nullable MessageDeflate deflate;
    private final Listener listener;

    private Next next = Next.HEAD;

    /** The number that is being read, and the number of its bytes that have arrived. */
    private long number;

    private byte numberBytes;

    /** The first two bytes of the frame; no more than 16 bits, because connections are many (benchmark idle). */
    private char head;

    private int length;
    private int mask;
    private byte @Nullable [] payload;
    private int received;

    /**
     * Set while a message arrives in fragments. An object of its own, because that is rare and connections are many
     * (benchmark idle).
     */
    private @Nullable Fragments fragments;

    /** The fragments of a message that have arrived: the head of the first one, and all payloads. */
    private static final class Fragments {
        final int first;
        final List<byte[]> parts = new ArrayList<>();
        int length;

        Fragments(int first) {
            this.first = first;
        }

        int memory() {
            return length + FRAGMENT * parts.size();
        }
    }

    /**
     * @param maxPayload the largest message, in bytes, before it is expanded
     * @param maxFragments the largest number of fragments of a message
     * @param deflate the agreed compression, or null: then RSV1 is not permitted
     */
    public FrameDecoder(int maxPayload, int maxFragments, @Nullable MessageDeflate deflate, Listener listener) {
        this.maxPayload = maxPayload;
        this.maxFragments = maxFragments;
        this.deflate = deflate;
        this.listener = listener;
    }

    /** Decodes the bytes of {@code in} from index {@code from} up to {@code to}. The array is not kept. */
    public void read(byte[] in, int from, int to) {
        read(new ArrayInput(in, from, to));
    }

    /** Decodes all bytes of {@code in}, which is not kept. */
    public void read(FrameInput in) {
        while (in.available() > 0) {
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
                case NOTHING -> in.skipRest();
            }
        }
    }

    /** Returns the memory of a message that has arrived in part, in bytes. */
    public int incomplete() {
        int part = payload == null ? 0 : payload.length;
        return fragments == null ? part : part + fragments.memory();
    }

    /** Discards a message that has arrived in part, and ignores all further bytes. */
    public void stop() {
        next = Next.NOTHING;
        payload = null;
        fragments = null;
    }

    /** Stops, and releases the memory of the compression. */
    public void end() {
        stop();
        if (deflate != null) {
            deflate.end();
        }
    }

    /** Reads {@link #number}, of {@code size} bytes; returns whether all of them have arrived. */
    private boolean number(FrameInput in, int size) {
        if (numberBytes == 0 && in.available() >= size) {
            number = size == Short.BYTES ? in.readShort() : size == Integer.BYTES ? in.readInt() : in.readLong();
            return true;
        }
        number = numberBytes == 0 ? 0 : number;
        while (numberBytes < size && in.available() > 0) {
            number = (number << Byte.SIZE) | in.readByte();
            numberBytes++;
        }
        boolean complete = numberBytes == size;
        numberBytes = complete ? 0 : numberBytes;
        return complete;
    }

    private void head(int bits) {
        head = (char) bits;
        String wrong = (bits & 0x800) == 0 ? wrongData(bits) : wrongControl(bits);
        if ((bits & MASKED) == 0) {
            wrong = "an unmasked frame";
        }
        if (wrong != null) {
            violation(CloseCode.PROTOCOL_ERROR, wrong);
        } else if ((bits & 0x7F) < 126) {
            begin(bits & 0x7F);
        } else {
            next = Next.LENGTH;
        }
    }

    /** Returns the reason why the head of a data frame is invalid, or null (sections 5.2 and 5.4). */
    private @Nullable String wrongData(int bits) {
        int type = type(bits);
        int reserved = bits & RESERVED;
        if (reserved != 0 && (reserved != COMPRESSED || deflate == null || type == CONTINUATION)) {
            return "a reserved bit that was not negotiated";
        } else if (type > BINARY) {
            return "a frame of type " + type;
        } else if ((type == CONTINUATION) != (fragments != null)) {
            return type == CONTINUATION ? "a continuation without a first fragment" : "a message inside another";
        }
        return null;
    }

    /** Returns the reason why the head of a control frame is invalid, or null (section 5.5). */
    private static @Nullable String wrongControl(int bits) {
        if ((bits & RESERVED) != 0) {
            return "a reserved bit that was not negotiated";
        } else if (type(bits) > PONG) {
            return "a frame of type " + type(bits);
        } else if ((bits & FINAL) == 0 || (bits & 0x7F) > LONGEST_CONTROL) {
            return "a control frame that is fragmented or too long";
        }
        return null;
    }

    /** Checks that the length has its shortest form (section 5.2). */
    private void length(long announced) {
        boolean shortest = (head & 0x7F) == 126 ? announced > LONGEST_CONTROL : announced > 0xFFFF;
        if (!shortest) {
            violation(CloseCode.PROTOCOL_ERROR, "a length that is not in its shortest form");
        } else {
            begin(announced);
        }
    }

    /** Begins the payload of a frame, unless the message would become too large. */
    private void begin(long announced) {
        boolean data = type(head) < CLOSE;
        if (data && announced > maxPayload - (fragments == null ? 0 : fragments.length)) {
            long whole = announced + (fragments == null ? 0 : fragments.length);
            limitReached(CloseCode.TOO_BIG, new ReachedLimit("maxHttpBufferSize", maxPayload, whole));
        } else {
            length = (int) announced;
            next = Next.MASK;
        }
    }

    /** Reads the payload, or the part of it that has arrived. */
    private void payload(FrameInput in) {
        int part = Math.min(length - received, in.available());
        byte[] bytes = payload;
        if (bytes == null) {
            bytes = new byte[part];
        } else if (bytes.length < received + part) {
            // Grows by doubling, because a peer may send one byte at a time.
            bytes = Arrays.copyOf(bytes, Math.min(length, Math.max(received + part, 2 * received)));
        }
        in.read(bytes, received, part);
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

    /** Adds a fragment, and passes the message on if it is the last one. */
    private void fragment(byte[] bytes) {
        Fragments known = fragments;
        if (known == null) {
            known = new Fragments(head);
            fragments = known;
        }
        if (known.parts.size() == maxFragments) {
            limitReached(CloseCode.POLICY_VIOLATION, ReachedLimit.beyond("maxFragments", maxFragments));
            return;
        }
        known.parts.add(bytes);
        known.length += bytes.length;
        if ((head & FINAL) != 0) {
            fragments = null;
            message(join(known.parts, known.length), known.first, false);
        }
    }

    /** Passes a whole message on, expanded if RSV1 marks it as compressed (RFC 7692, section 6). */
    private void message(byte[] bytes, int bits, boolean ascii) {
        boolean text = type(bits) == TEXT;
        if (deflate == null || (bits & COMPRESSED) == 0) {
            deliver(bytes, text, ascii);
        } else if (listener.isOpen()) {
            expand(deflate, bytes, text);
        }
    }

    private void expand(MessageDeflate with, byte[] bytes, boolean text) {
        byte[] expanded;
        try {
            expanded = with.inflate(bytes);
        } catch (MessageDeflate.TooLarge e) {
            limitReached(CloseCode.TOO_BIG, e.reached());
            return;
        } catch (DataFormatException e) {
            violation(CloseCode.INVALID_PAYLOAD, "the message is not compressed: " + e.getMessage());
            return;
        }
        deliver(expanded, text, false);
    }

    private void deliver(byte[] bytes, boolean text, boolean ascii) {
        if (text && !ascii && !Utf8.isValid(bytes, 0, bytes.length)) {
            violation(CloseCode.INVALID_PAYLOAD, "text that is not UTF-8");
        } else {
            listener.message(bytes, text);
        }
    }

    private void closing(byte[] bytes) {
        int code = bytes.length < 2 ? -1 : (bytes[0] & 0xFF) << Byte.SIZE | (bytes[1] & 0xFF);
        boolean sendable = code < 0 || CloseCode.isSendable(code);
        if (bytes.length == 1 || (!sendable && code <= LARGEST_CODE)) {
            violation(CloseCode.PROTOCOL_ERROR, "a close frame with an invalid code");
        } else if (code >= 0 && !Utf8.isValid(bytes, 2, bytes.length)) {
            violation(CloseCode.INVALID_PAYLOAD, "a reason that is not UTF-8");
        } else if (!sendable) {
            // Last, in the order of Netty's decoder, to which larger codes are valid (section 7.4).
            violation(CloseCode.PROTOCOL_ERROR, "a close frame with an undefined code");
        } else {
            stop();
            listener.closing(code);
        }
    }

    private void violation(int code, String message) {
        stop();
        listener.violation(code, message);
    }

    private void limitReached(int code, ReachedLimit reached) {
        stop();
        listener.limitReached(code, reached);
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

    /**
     * Unmasks {@code bytes} in place (section 5.3), eight at a time.
     *
     * @return whether all bytes are ASCII, so that no check for UTF-8 is needed
     */
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
