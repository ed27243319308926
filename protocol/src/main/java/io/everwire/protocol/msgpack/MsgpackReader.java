package io.everwire.protocol.msgpack;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.ReachedLimit;
import io.everwire.protocol.text.Utf8;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads msgpack as notepack.io 2.2.0 and 3.0.1 write it, and converts it to JSON in the same pass, with the binary data beside
 * it.
 *
 * <p>Values that JSON lacks become what {@code JSON.stringify} makes of them, so that applications receive the same
 * from clients of either parser: a date its text, {@code undefined} null or nothing, NaN and Infinity null.
 *
 * <p>A length is accepted only if so many bytes follow. The JSON is at most six times as large as the input ({@code
 * false} is one byte). Input that cannot be read is a {@link ProtocolException} with the reason {@code FORCED_CLOSE}. Not
 * thread-safe.
 */
public final class MsgpackReader {
    /** The largest integer that JavaScript tells from its neighbours: {@code Number.MAX_SAFE_INTEGER}. */
    private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    /** The type of the extension for points in time. */
    private static final int TIMESTAMP = -1;

    private static final int NIL = 0xC0;
    private static final int FALSE = 0xC2;
    private static final int TRUE = 0xC3;

    /** A member that a map must not have beside binary data: it would look like a placeholder of some of it. */
    private static final Bytes MARK = Bytes.utf8("\"_placeholder\":");

    private final byte[] in;
    private final int to;
    private final int maxDepth;
    private final int maxAttachments;
    private final boolean timestamps;
    private final ByteSink out;
    private List<Bytes> attachments = new ArrayList<>(0);
    /** Set if the present value contains a map with {@link #MARK}. */
    private boolean likePlaceholder;

    private int at;

    /**
     * Creates a reader of one message.
     *
     * @param maxDepth the deepest nesting of arrays and maps allowed in a value
     * @param maxAttachments the largest number of binary parts allowed in a value
     * @param timestamps whether the extension of type −1 is a point in time, as the specification of msgpack says and
     *     notepack.io 3 reads it; otherwise it has no meaning, as in notepack.io 2
     */
    public MsgpackReader(Bytes message, int maxDepth, int maxAttachments, boolean timestamps) {
        this.in = message.array();
        this.at = message.offset();
        this.to = message.end();
        this.maxDepth = maxDepth;
        this.maxAttachments = maxAttachments;
        this.timestamps = timestamps;
        this.out = new ByteSink(message.length() + message.length() / 4);
    }

    /** Reads the head of a map; returns the number of pairs that follow. */
    public int map() {
        int prefix = unsigned(1);
        return switch (prefix) {
            // 8x: up to 15 pairs; de: a length of two bytes; df: of four. A pair takes two bytes at least.
            case 0xDE -> count(unsigned(2), 2);
            case 0xDF -> count(length(4), 2);
            default -> {
                if ((prefix & 0xF0) != 0x80) {
                    throw malformed("not a map");
                }
                yield count(prefix & 0x0F, 2);
            }
        };
    }

    /** Reads a string; returns its bytes, which are valid UTF-8. */
    public Bytes string() {
        int length = stringLength(unsigned(1));
        if (length < 0) {
            throw malformed("not a string");
        }
        Bytes text = take(length);
        if (!Utf8.isValid(in, text.offset(), text.end())) {
            throw malformed("not UTF-8");
        }
        return text;
    }

    /** Reads an integer that fits 64 bits with a sign. */
    public long integer() {
        int prefix = unsigned(1);
        if (!isInteger(prefix)) {
            throw malformed("not an integer");
        }
        long value = integer(prefix);
        // cf is without a sign: a value beyond 2^63−1 appears negative here.
        if (prefix == 0xCF && value < 0) {
            throw malformed("an integer too large");
        }
        return value;
    }

    /** Returns whether {@code undefined} ({@code d4 00 xx}) follows, and consumes it then. */
    public boolean undefined() {
        boolean is = to - at >= 3 && in[at] == (byte) 0xD4 && in[at + 1] == 0;
        at += is ? 3 : 0;
        return is;
    }

    /** Reads a value with everything inside of it. */
    public MsgpackValue value() {
        int start = out.length();
        attachments = new ArrayList<>(0);
        likePlaceholder = false;
        // A sole undefined, as JSON.stringify writes it in an array.
        if (!value(maxDepth)) {
            out.ascii("null");
        }
        if (likePlaceholder && !attachments.isEmpty()) {
            throw malformed("a placeholder beside binary data");
        }
        Bytes json = Bytes.of(out.from(start).toByteArray());
        out.cut(start);
        return new MsgpackValue(json, List.copyOf(attachments));
    }

    /** Checks that no byte follows. */
    public void end() {
        if (at != to) {
            throw malformed("bytes after the packet");
        }
    }

    /** Writes the value that follows as JSON; returns false, and writes nothing, if it is {@code undefined}. */
    private boolean value(int depth) {
        if (undefined()) {
            return false;
        }
        int prefix = unsigned(1);
        int text = stringLength(prefix);
        if (text >= 0) {
            string(text);
        } else if (isInteger(prefix)) {
            out.ascii(digits(prefix));
        } else if (prefix < 0x90 || prefix == 0xDE || prefix == 0xDF) {
            // The prefix of a map is read again with its length.
            at--;
            object(map(), deeper(depth));
        } else if (prefix < 0xA0) {
            array(prefix & 0x0F, deeper(depth));
        } else {
            other(prefix, depth);
        }
        return true;
    }

    /** Writes a value whose prefix alone determines its kind. */
    private void other(int prefix, int depth) {
        switch (prefix) {
            case NIL -> out.ascii("null");
            case FALSE -> out.ascii("false");
            case TRUE -> out.ascii("true");
            // bin with a length of one, two or four bytes; ext likewise; then float 32 and float 64.
            case 0xC4, 0xC5, 0xC6 -> attachment(length(1 << (prefix - 0xC4)));
            case 0xC7, 0xC8, 0xC9 -> extension(length(1 << (prefix - 0xC7)));
            case 0xCA -> number(Float.intBitsToFloat((int) signed(4)));
            case 0xCB -> number(Double.longBitsToDouble(signed(8)));
            // fixext of 1, 2, 4, 8 or 16 bytes; then arrays with a length of two or four bytes.
            case 0xD4, 0xD5, 0xD6, 0xD7, 0xD8 -> fixedExtension(1 << (prefix - 0xD4));
            case 0xDC -> array(unsigned(2), deeper(depth));
            case 0xDD -> array(length(4), deeper(depth));
            default -> throw malformed("not msgpack");
        }
    }

    /** Writes {@code pairs} members of an object. */
    private void object(int pairs, int depth) {
        out.put('{');
        int first = out.length();
        for (int i = 0; i < pairs; i++) {
            int mark = out.length();
            if (mark > first) {
                out.put(',');
            }
            int key = out.length();
            key();
            out.put(':');
            // Looked for in the JSON just written, where a key has its quotes and its escapes.
            boolean holds = at < to && in[at] == (byte) TRUE && out.from(key).equals(MARK);
            likePlaceholder |= holds;
            if (!value(depth)) {
                // JSON.stringify leaves out a member whose value is undefined: its comma and key are removed again.
                out.cut(mark);
            }
        }
        out.put('}');
    }

    /**
     * Writes a key. The reference accepts anything that JavaScript converts to a text; here it is a string or an
     * integer.
     */
    private void key() {
        int prefix = unsigned(1);
        int text = stringLength(prefix);
        if (text >= 0) {
            string(text);
        } else if (isInteger(prefix)) {
            out.put('"');
            out.ascii(digits(prefix));
            out.put('"');
        } else {
            throw malformed("a key that is neither a string nor an integer");
        }
    }

    /** Writes the elements of an array. {@code undefined} becomes null, as in {@code JSON.stringify}. */
    private void array(int length, int depth) {
        int left = count(length, 1);
        out.put('[');
        for (int i = 0; i < left; i++) {
            if (i > 0) {
                out.put(',');
            }
            if (!value(depth)) {
                out.ascii("null");
            }
        }
        out.put(']');
    }

    /** Writes a string of {@code length} bytes; bytes that need no escape are copied in runs. */
    private void string(int length) {
        int end = take(length).end();
        out.put('"');
        int copied = end - length;
        int i = copied;
        while (i < end) {
            byte b = in[i];
            if (b < 0) {
                i = Utf8.next(in, i, end);
                if (i < 0) {
                    throw malformed("not UTF-8");
                }
            } else if (b < 0x20 || b == '"' || b == '\\') {
                out.put(in, copied, i++);
                copied = i;
                escape(b);
            } else {
                i++;
            }
        }
        out.put(in, copied, end);
        out.put('"');
    }

    /** Writes the shortest escape of a quote, a backslash or a control character. */
    private void escape(byte b) {
        out.put('\\');
        int known = "\"\\\b\f\n\r\t".indexOf(b);
        if (known >= 0) {
            out.put("\"\\bfnrt".charAt(known));
        } else {
            out.ascii(b < 0x10 ? "u000" : "u00");
            out.ascii(Integer.toHexString(b));
        }
    }

    /**
     * Writes a number as {@code JSON.stringify} does: a whole number without a fraction, and null for values that JSON
     * lacks.
     */
    private void number(double value) {
        long whole = (long) value;
        if (!Double.isFinite(value)) {
            out.ascii("null");
        } else if (whole == value && Math.abs(whole) <= MAX_SAFE_INTEGER) {
            out.ascii(Long.toString(whole));
        } else {
            out.ascii(Double.toString(value));
        }
    }

    /** Writes a placeholder and stores the bytes that it stands for. */
    private void attachment(int length) {
        if (attachments.size() == maxAttachments) {
            ReachedLimit reached = new ReachedLimit("maxAttachments", maxAttachments, maxAttachments + 1L);
            throw new ProtocolException(CloseReason.FORCED_CLOSE, reached);
        }
        out.ascii("{\"_placeholder\":true,\"num\":" + attachments.size() + "}");
        attachments.add(take(length));
    }

    /**
     * Reads an ext with a length: type 0 is an ArrayBuffer; of all others the reference makes an array of type and
     * bytes.
     */
    private void extension(int length) {
        int type = (int) signed(1);
        if (type == 0) {
            attachment(length);
        } else if (timestamps && type == TIMESTAMP && length == 12) {
            long nanos = signed(4) & 0xFFFF_FFFFL;
            timestamp(signed(8), nanos);
        } else {
            extension(type, length);
        }
    }

    /**
     * Reads a fixext. Type 0 with eight bytes is a date. Type 0 with one byte is {@code undefined}, which was consumed
     * before.
     */
    private void fixedExtension(int length) {
        int type = (int) signed(1);
        if (type == 0 && length == 8) {
            out.ascii(MsgpackDates.json(signed(8)));
        } else if (timestamps && type == TIMESTAMP && length == 4) {
            timestamp(signed(4) & 0xFFFF_FFFFL, 0);
        } else if (timestamps && type == TIMESTAMP && length == 8) {
            long both = signed(8);
            timestamp(both & 0x3_FFFF_FFFFL, both >>> 34);
        } else {
            extension(type, length);
        }
    }

    /** Writes the point in time that is so many seconds and nanoseconds after 1970. */
    private void timestamp(long seconds, long nanos) {
        // Beyond this, the milliseconds would not fit a long; a date ends long before.
        boolean far = Math.abs(seconds) > Long.MAX_VALUE / 1_001;
        out.ascii(far ? "null" : MsgpackDates.json(seconds * 1_000 + nanos / 1_000_000));
    }

    /** Writes {@code [type,bytes]}. */
    private void extension(int type, int length) {
        out.ascii("[" + type + ",");
        attachment(length);
        out.put(']');
    }

    /** Returns the length of a string with this prefix, or −1 if the prefix is not a string's. */
    private int stringLength(int prefix) {
        return switch (prefix) {
            // ax and bx: up to 31 bytes; d9, da, db: a length of one, two or four bytes.
            case 0xD9, 0xDA, 0xDB -> length(1 << (prefix - 0xD9));
            default -> (prefix & 0xE0) == 0xA0 ? prefix & 0x1F : -1;
        };
    }

    /**
     * Returns whether the prefix is an integer's: 00 to 7f and e0 to ff are values themselves, cc to cf are without a
     * sign, d0 to d3 have one.
     */
    private static boolean isInteger(int prefix) {
        return prefix < 0x80 || prefix >= 0xE0 || (prefix >= 0xCC && prefix <= 0xD3);
    }

    /** Returns the decimal digits of the integer with this prefix. */
    private String digits(int prefix) {
        long value = integer(prefix);
        return prefix == 0xCF ? Long.toUnsignedString(value) : Long.toString(value);
    }

    /** Returns the integer with this prefix. One without a sign and of eight bytes may appear negative. */
    private long integer(int prefix) {
        if (prefix < 0x80 || prefix >= 0xE0) {
            return (byte) prefix;
        }
        if (prefix >= 0xD0) {
            return signed(1 << (prefix - 0xD0));
        }
        // Bits above those read are copies of the sign: they are cleared.
        int bytes = 1 << (prefix - 0xCC);
        long value = signed(bytes);
        return bytes == 8 ? value : value & ((1L << (8 * bytes)) - 1);
    }

    /**
     * Reads a length of {@code bytes} bytes without a sign. A length beyond an int is larger than any input, so it may
     * be cut.
     */
    private int length(int bytes) {
        return (int) Math.min(signed(bytes) & (0xFFFF_FFFFL >>> (8 * (4 - bytes))), Integer.MAX_VALUE);
    }

    /** Reads a number of one or two bytes without a sign. */
    private int unsigned(int bytes) {
        return (int) signed(bytes) & ((1 << (8 * bytes)) - 1);
    }

    /** Reads a number of {@code bytes} bytes with a sign, highest byte first. */
    private long signed(int bytes) {
        Bytes number = take(bytes);
        long value = number.at(0);
        for (int i = 1; i < bytes; i++) {
            value = (value << 8) | (number.at(i) & 0xFF);
        }
        return value;
    }

    /** Consumes {@code length} bytes. */
    private Bytes take(int length) {
        if (length > to - at) {
            throw malformed("fewer bytes than announced");
        }
        at += length;
        return Bytes.of(in, at - length, at);
    }

    /**
     * Returns {@code elements} if so many can follow, each of at least {@code bytes} bytes. A huge count is so rejected
     * before memory is used for it.
     */
    private int count(int elements, int bytes) {
        if (elements > (to - at) / bytes) {
            throw malformed("fewer elements than announced");
        }
        return elements;
    }

    /** Returns the depth that is left inside of an array or map. */
    private static int deeper(int depth) {
        if (depth < 1) {
            throw malformed("nested too deep");
        }
        return depth - 1;
    }

    /** Returns the exception for a message that cannot be read. */
    private static RuntimeException malformed(String message) {
        return new ProtocolException(CloseReason.FORCED_CLOSE, message);
    }
}
