package io.everwire.protocol.eio4;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.text.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Converts a packet, encoded for clients of the default parser, to msgpack, in one pass over its text. It uses the
 * shortest forms, as notepack.io 2.2.0 does; binary data takes the place of its placeholder.
 *
 * <p>An integer of up to 64 bits keeps its value, even where JavaScript would round it; other numbers become doubles.
 */
final class Eio4MsgpackWriter {
    /** Numbers of at most so many characters fit a long. */
    private static final int DIGITS_OF_LONG = 18;

    private final Bytes text;
    private final List<Bytes> attachments;
    private final Eio4Buffer out;
    private int at;

    /** Creates a writer of one packet. */
    private Eio4MsgpackWriter(Encoded encoded) {
        this.text = encoded.text();
        this.attachments = encoded.attachments();
        this.out = new Eio4Buffer(encoded.size() + 64);
    }

    /**
     * Returns the packet as a single binary message. Its text was written or checked by this server, so it is not
     * checked again.
     */
    static Encoded write(Encoded encoded) {
        Eio4MsgpackWriter writer = new Eio4MsgpackWriter(encoded);
        writer.packet();
        Bytes message = Bytes.of(writer.out.from(0).toByteArray());
        return new Encoded(Bytes.EMPTY, List.of(message), encoded.last(), encoded.options());
    }

    /**
     * Converts {@code 4<type>[<attachments>-][<namespace>,][<ack id>][<json>]}; see {@link Eio4Encoder}.
     *
     * <p>Example: {@code 42["x"]} becomes {@code 83 a4"type" 02 a3"nsp" a1"/" a4"data" 91 a1"x"}.
     */
    private void packet() {
        int type = text.at(1) - '0';
        boolean binary = type >= Eio4Encoder.BINARY_EVENT;
        // A map of two pairs; pair() counts the others.
        out.put(0x82);
        key("type");
        // msgpack has no types for binary packets: 5 is written as 2, 6 as 3.
        out.put(binary ? type - Eio4Encoder.BINARY_EVENT + Eio4Encoder.EVENT : type);
        at = binary ? Eio4Decoder.digits(text, 2) + 1 : 2;
        key("nsp");
        namespace();
        int json = Eio4Decoder.digits(text, at);
        if (json > at) {
            pair("id");
            number(at, json);
        }
        at = json;
        if (at < text.length()) {
            pair("data");
            value();
        }
    }

    /** Writes the namespace and moves behind its comma. */
    private void namespace() {
        int from = at;
        if (at < text.length() && text.at(at) == '/') {
            int comma = Eio4Decoder.comma(text, at);
            at = Math.min(comma + 1, text.length());
            string(text.slice(from, comma));
        } else {
            key("/");
        }
    }

    /** Adds one to the count of the outer map, then writes the key. */
    private void pair(String key) {
        out.set(0, out.from(0).at(0) + 1L, 1);
        key(key);
    }

    /** Writes a key. */
    private void key(String key) {
        string(Bytes.utf8(key));
    }

    /** Converts the value that follows. */
    private void value() {
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
                placeholder = Eio4Placeholders.isMark(key) ? Eio4Placeholders.isTrue(written) : placeholder;
                number = Eio4Placeholders.isNumber(key) ? Eio4Placeholders.index(written, attachments.size()) : number;
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
    private void string(Bytes utf8) {
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
    private void number(int from, int to) {
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
