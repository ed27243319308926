package io.everwire.protocol.eio4;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.text.Utf8;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads msgpack as notepack.io 2.2.0 writes it, and makes JSON of it in the same pass, with the binary data beside it.
 *
 * <p>What JSON lacks becomes what {@code JSON.stringify} makes of it, so that clients of either parser are told the same: a
 * date its text, {@code undefined} null or nothing, numbers that are none null. A length is believed only if there are that
 * many bytes; what is written is at most six times what was read ({@code false} in one byte).
 */
final class Eio4MsgpackReader {
    private static final int NIL = 0xC0;
    private static final int FALSE = 0xC2;
    private static final int TRUE = 0xC3;

    /** What a map must not say where there is binary data: it would be taken for some of it. */
    private static final Bytes MARK = Bytes.utf8("\"_placeholder\":");

    private final byte[] in;
    private final int to;
    private final int maxDepth;
    private final int maxAttachments;
    private final Eio4Buffer out;
    private List<Bytes> attachments = new ArrayList<>(0);
    private boolean likePlaceholder;
    private int at;

    Eio4MsgpackReader(Bytes message, SessionOptions options) {
        this.in = message.array();
        this.at = message.offset();
        this.to = message.end();
        this.maxDepth = options.maxDepth();
        this.maxAttachments = options.maxAttachments();
        this.out = new Eio4Buffer(message.length() + message.length() / 4);
    }

    /** Passes the head of a map, and returns how many pairs follow. */
    int map() {
        int prefix = unsigned(1);
        return switch (prefix) {
            case 0xDE -> count(unsigned(2), 2);
            case 0xDF -> count(length(4), 2);
            default -> {
                if ((prefix & 0xF0) != 0x80) {
                    throw malformed("a map was due");
                }
                yield count(prefix & 0x0F, 2);
            }
        };
    }

    /** Passes a string, and returns its bytes: UTF-8. */
    Bytes string() {
        int length = stringLength(unsigned(1));
        if (length < 0) {
            throw malformed("a string was due");
        }
        Bytes text = take(length);
        if (!Utf8.isValid(in, text.offset(), text.end())) {
            throw malformed("not UTF-8");
        }
        return text;
    }

    /** Passes an integer that fits 64 bits with a sign. */
    long integer() {
        int prefix = unsigned(1);
        if (!isInteger(prefix)) {
            throw malformed("an integer was due");
        }
        long value = integer(prefix);
        if (prefix == 0xCF && value < 0) {
            throw malformed("an integer too large");
        }
        return value;
    }

    /** Whether {@code undefined} follows; it is passed then. */
    boolean undefined() {
        boolean is = to - at >= 3 && in[at] == (byte) 0xD4 && in[at + 1] == 0;
        at += is ? 3 : 0;
        return is;
    }

    /** Passes a value. */
    Eio4Msgpack.Value value() {
        int start = out.length();
        attachments = new ArrayList<>(0);
        likePlaceholder = false;
        if (!value(maxDepth)) {
            out.ascii("null");
        }
        if (likePlaceholder && !attachments.isEmpty()) {
            throw malformed("a placeholder beside binary data");
        }
        Bytes json = Bytes.of(out.from(start).toByteArray());
        out.cut(start);
        return new Eio4Msgpack.Value(json, List.copyOf(attachments));
    }

    /** Nothing may follow. */
    void end() {
        if (at != to) {
            throw malformed("bytes after the packet");
        }
    }

    /** Writes the value that follows; false, and nothing is written, if it is {@code undefined}. */
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
            at--;
            object(map(), deeper(depth));
        } else if (prefix < 0xA0) {
            array(prefix & 0x0F, deeper(depth));
        } else {
            other(prefix, depth);
        }
        return true;
    }

    private void other(int prefix, int depth) {
        switch (prefix) {
            case NIL -> out.ascii("null");
            case FALSE -> out.ascii("false");
            case TRUE -> out.ascii("true");
            case 0xC4, 0xC5, 0xC6 -> attachment(length(1 << (prefix - 0xC4)));
            case 0xC7, 0xC8, 0xC9 -> extension(length(1 << (prefix - 0xC7)));
            case 0xCA -> number(Float.intBitsToFloat((int) signed(4)));
            case 0xCB -> number(Double.longBitsToDouble(signed(8)));
            case 0xD4, 0xD5, 0xD6, 0xD7, 0xD8 -> fixedExtension(1 << (prefix - 0xD4));
            case 0xDC -> array(unsigned(2), deeper(depth));
            case 0xDD -> array(length(4), deeper(depth));
            default -> throw malformed("no msgpack");
        }
    }

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
            boolean holds = at < to && in[at] == (byte) TRUE && out.from(key).equals(MARK);
            likePlaceholder |= holds;
            if (!value(depth)) {
                out.cut(mark);
            }
        }
        out.put('}');
    }

    /** There a key is anything that JavaScript makes a text of; here it is a string, or a number. */
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

    /** As JSON.stringify writes it: a whole number without a fraction, and null for what JSON cannot say. */
    private void number(double value) {
        long whole = (long) value;
        if (!Double.isFinite(value)) {
            out.ascii("null");
        } else if (whole == value && Math.abs(whole) <= Eio4Decoder.MAX_ACK_ID) {
            out.ascii(Long.toString(whole));
        } else {
            out.ascii(Double.toString(value));
        }
    }

    private void attachment(int length) {
        if (attachments.size() == maxAttachments) {
            throw malformed("too many attachments");
        }
        out.ascii("{\"_placeholder\":true,\"num\":" + attachments.size() + "}");
        attachments.add(take(length));
    }

    /** Type 0 is an ArrayBuffer; of all others the original makes type and bytes in an array. */
    private void extension(int length) {
        int type = (int) signed(1);
        if (type == 0) {
            attachment(length);
        } else {
            extension(type, length);
        }
    }

    /** Type 0 of eight bytes is a date; that of one byte, undefined, was seen before. */
    private void fixedExtension(int length) {
        int type = (int) signed(1);
        if (type == 0 && length == 8) {
            out.ascii(Eio4Dates.json(signed(8)));
        } else {
            extension(type, length);
        }
    }

    private void extension(int type, int length) {
        out.ascii("[" + type + ",");
        attachment(length);
        out.put(']');
    }

    /** How long a string is that begins so, or −1 if it is none. */
    private int stringLength(int prefix) {
        return switch (prefix) {
            case 0xD9, 0xDA, 0xDB -> length(1 << (prefix - 0xD9));
            default -> (prefix & 0xE0) == 0xA0 ? prefix & 0x1F : -1;
        };
    }

    private static boolean isInteger(int prefix) {
        return prefix < 0x80 || prefix >= 0xE0 || (prefix >= 0xCC && prefix <= 0xD3);
    }

    private String digits(int prefix) {
        long value = integer(prefix);
        return prefix == 0xCF ? Long.toUnsignedString(value) : Long.toString(value);
    }

    private long integer(int prefix) {
        if (prefix < 0x80 || prefix >= 0xE0) {
            return (byte) prefix;
        }
        if (prefix >= 0xD0) {
            return signed(1 << (prefix - 0xD0));
        }
        int bytes = 1 << (prefix - 0xCC);
        long value = signed(bytes);
        return bytes == 8 ? value : value & ((1L << (8 * bytes)) - 1);
    }

    /** A length of so many bytes: larger than there are bytes at all, if need be. */
    private int length(int bytes) {
        return (int) Math.min(signed(bytes) & (0xFFFF_FFFFL >>> (8 * (4 - bytes))), Integer.MAX_VALUE);
    }

    private int unsigned(int bytes) {
        return (int) signed(bytes) & ((1 << (8 * bytes)) - 1);
    }

    private long signed(int bytes) {
        Bytes number = take(bytes);
        long value = number.at(0);
        for (int i = 1; i < bytes; i++) {
            value = (value << 8) | (number.at(i) & 0xFF);
        }
        return value;
    }

    private Bytes take(int length) {
        if (length > to - at) {
            throw malformed("fewer bytes than announced");
        }
        at += length;
        return Bytes.of(in, at - length, at);
    }

    /** A number of elements, each of at least so many bytes. */
    private int count(int elements, int bytes) {
        if (elements > (to - at) / bytes) {
            throw malformed("fewer elements than announced");
        }
        return elements;
    }

    private static int deeper(int depth) {
        if (depth < 1) {
            throw malformed("nested too deep");
        }
        return depth - 1;
    }

    private static RuntimeException malformed(String message) {
        return Eio4Decoder.malformed(message);
    }
}
