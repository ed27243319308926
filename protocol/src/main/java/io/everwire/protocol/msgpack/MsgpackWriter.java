package io.everwire.protocol.msgpack;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.text.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Converts JSON to msgpack, in one pass over its text. It uses the shortest forms, as notepack.io does; binary data takes
 * the place of its placeholder. Not thread-safe.
 *
 * <p>An integer of up to 64 bits keeps its value, even where JavaScript would round it; other numbers become doubles.
 *
 * <p>The text must be valid JSON: it was written or checked by this server, so it is not checked again.
 */
public final class MsgpackWriter {
    /** Numbers of at most so many characters fit a long. */
    private static final int DIGITS_OF_LONG = 18;

    private final Bytes text;
    private final List<Bytes> attachments;
    private final ByteSink out;
    private int at;

    /**
     * Creates a writer that begins at the first byte of {@code text}.
     *
     * @param attachments the binary data, in the order of its placeholders
     * @param out receives the msgpack
     */
    public MsgpackWriter(Bytes text, List<Bytes> attachments, ByteSink out) {
        this.text = text;
        this.attachments = attachments;
        this.out = out;
    }

    /** Returns a JSON value without white space around it as msgpack. */
    public static Bytes write(Bytes json, List<Bytes> attachments) {
        int size = json.length() + 16;
        for (Bytes attachment : attachments) {
            size += attachment.length();
        }
        ByteSink out = new ByteSink(size);
        new MsgpackWriter(json, attachments, out).value();
        return Bytes.of(out.from(0).toByteArray());
    }

    /** Continues at an index of the text. */
    public void moveTo(int index) {
        at = index;
    }

    /** Converts the value that follows. */
    public void value() {
        switch (text.at(at)) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> literal(0xC3, 4);
            case 'f' -> literal(0xC2, 5);
            case 'n' -> literal(0xC0, 4);
            default -> number();
        }
    }

    /** Writes the one byte of true, false or null, and consumes its letters. */
    private void literal(int prefix, int length) {
        out.put(prefix);
        at += length;
    }

    /** Converts an array. Its length is written when it is known. */
    private void array() {
        int start = begin();
        int count = 0;
        while (text.at(at) != ']') {
            value();
            next();
            count++;
        }
        at++;
        end(start, count, 0x90, 0xDC);
    }

    /**
     * Converts an object. It is known to be a placeholder only after all of it was read; what was written of it is then
     * removed.
     */
    private void object() {
        int start = begin();
        int count = 0;
        boolean placeholder = false;
        int number = -1;
        while (text.at(at) != '}') {
            Bytes key = string();
            space();
            at++;
            space();
            int from = at;
            value();
            if (!attachments.isEmpty()) {
                Bytes written = text.slice(from, at);
                placeholder = Placeholder.isMark(key) ? Placeholder.isTrue(written) : placeholder;
                number = Placeholder.isNumber(key) ? Placeholder.index(written, attachments.size()) : number;
            }
            next();
            count++;
        }
        at++;
        if (placeholder && number >= 0) {
            out.cut(start);
            binary(attachments.get(number));
        } else {
            end(start, count, 0x80, 0xDE);
        }
    }

    /** Consumes a bracket and reserves the byte of the prefix; returns its position. */
    private int begin() {
        at++;
        space();
        out.put(0);
        return out.length() - 1;
    }

    /** Consumes the comma behind an element, if it has one. */
    private void next() {
        space();
        if (text.at(at) == ',') {
            at++;
            space();
        }
    }

    /**
     * Writes the prefix of an array or map at {@code start}.
     *
     * @param few the prefix that holds a count below 16
     * @param prefix the prefix with a count of two bytes; the next one has four
     */
    private void end(int start, int count, int few, int prefix) {
        if (count < 16) {
            out.set(start, few | count, 1);
        } else {
            int bytes = count <= 0xFFFF ? 2 : 4;
            out.gap(start + 1, bytes);
            out.set(start, bytes == 2 ? prefix : prefix + 1, 1);
            out.set(start + 1, count, bytes);
        }
    }

    /** Writes the string that follows; returns its literal, quotes included. */
    private Bytes string() {
        int from = at++;
        boolean escaped = false;
        while (text.at(at) != '"') {
            boolean escape = text.at(at) == '\\';
            escaped |= escape;
            at += escape ? 2 : 1;
        }
        Bytes literal = text.slice(from, ++at);
        string(
                escaped
                        ? Bytes.utf8(Json.text(literal.array(), literal.offset(), literal.end()))
                        : literal.slice(1, literal.length() - 1));
        return literal;
    }

    /** Writes a string: up to 31 bytes with their number in the prefix. */
    public void string(Bytes utf8) {
        if (utf8.length() < 32) {
            out.put(0xA0 | utf8.length());
        } else {
            length(0xD9, utf8.length());
        }
        out.put(utf8);
    }

    /** Writes a bin with its length. */
    private void binary(Bytes bytes) {
        length(0xC4, bytes.length());
        out.put(bytes);
    }

    /** Writes a length in one, two or four bytes. The three prefixes are in a row from {@code prefix} on. */
    private void length(int prefix, int length) {
        int size = length <= 0xFF ? 0 : length <= 0xFFFF ? 1 : 2;
        out.put(prefix + size);
        out.number(length, 1 << size);
    }

    /** Converts the number that follows. */
    private void number() {
        int from = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.at(at)) >= 0) {
            at++;
        }
        number(from, at);
    }

    /** Writes the number in the range: without fraction and exponent as an integer. */
    public void number(int from, int to) {
        String digits = new String(text.array(), text.offset() + from, to - from, StandardCharsets.ISO_8859_1);
        if (digits.indexOf('.') >= 0 || digits.indexOf('e') >= 0 || digits.indexOf('E') >= 0) {
            real(Double.parseDouble(digits));
        } else if (digits.length() <= DIGITS_OF_LONG) {
            integer(Long.parseLong(digits));
        } else {
            large(new BigInteger(digits));
        }
    }

    /** Writes an integer with more digits than surely fit a long. One beyond 64 bits becomes a double. */
    private void large(BigInteger value) {
        if (value.bitLength() < Long.SIZE) {
            integer(value.longValue());
        } else if (value.bitLength() == Long.SIZE && value.signum() > 0) {
            // uint 64 has one bit more for positive values.
            out.put(0xCF);
            out.number(value.longValue(), 8);
        } else {
            real(value.doubleValue());
        }
    }

    /** Writes a double. */
    private void real(double value) {
        out.put(0xCB);
        out.number(Double.doubleToLongBits(value), 8);
    }

    /** Writes an integer in the shortest form: one byte from −32 to 127, otherwise a prefix and 1, 2, 4 or 8 bytes. */
    private void integer(long value) {
        if (value >= -0x20 && value < 0x80) {
            out.put((int) value);
        } else if (value >= 0) {
            int size = value <= 0xFF ? 0 : value <= 0xFFFF ? 1 : value <= 0xFFFF_FFFFL ? 2 : 3;
            out.put(0xCC + size);
            out.number(value, 1 << size);
        } else {
            int size = value >= -0x80 ? 0 : value >= -0x8000 ? 1 : value >= Integer.MIN_VALUE ? 2 : 3;
            out.put(0xD0 + size);
            out.number(value, 1 << size);
        }
    }

    /** Consumes white space. */
    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.at(at)) >= 0) {
            at++;
        }
    }
}
