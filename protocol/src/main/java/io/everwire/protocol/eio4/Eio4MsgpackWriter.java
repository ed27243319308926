package io.everwire.protocol.eio4;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.text.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes a packet in msgpack that was written for clients of the default parser, in one pass over its text, in the shortest
 * forms, as notepack.io 2.2.0 does; binary data takes the place of its placeholder.
 *
 * <p>An integer of up to 64 bits keeps its value, whatever JavaScript makes of it; other numbers are doubles.
 */
final class Eio4MsgpackWriter {
    /** Numbers with fewer digits fit a long. */
    private static final int DIGITS_OF_LONG = 18;

    private final Bytes text;
    private final List<Bytes> attachments;
    private final Eio4Buffer out;
    private int at;

    private Eio4MsgpackWriter(Encoded encoded) {
        this.text = encoded.text();
        this.attachments = encoded.attachments();
        this.out = new Eio4Buffer(encoded.size() + 64);
    }

    /** The packet as a single binary message. Its text is ours, or was checked: it is not checked again. */
    static Encoded write(Encoded encoded) {
        Eio4MsgpackWriter writer = new Eio4MsgpackWriter(encoded);
        writer.packet();
        Bytes message = Bytes.of(writer.out.from(0).toByteArray());
        return new Encoded(Bytes.EMPTY, List.of(message), encoded.last(), encoded.options());
    }

    /** {@code 4<type>[<attachments>-][<namespace>,][<ack id>][<json>]}; see {@link Eio4Encoder}. */
    private void packet() {
        int type = text.at(1) - '0';
        boolean binary = type >= Eio4Encoder.BINARY_EVENT;
        out.put(0x82);
        key("type");
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

    private void pair(String key) {
        out.set(0, out.from(0).at(0) + 1L, 1);
        key(key);
    }

    private void key(String key) {
        string(Bytes.utf8(key));
    }

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

    private void literal(int prefix, int length) {
        out.put(prefix);
        at += length;
    }

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

    /** A placeholder is known for one when all of it was read; it is taken back then. */
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

    /** Passes the bracket; the byte that counts what is inside is written when that is known. */
    private int begin() {
        at++;
        space();
        out.put(0);
        return out.length() - 1;
    }

    /** Passes the comma after an element, if it was not the last. */
    private void next() {
        space();
        if (text.at(at) == ',') {
            at++;
            space();
        }
    }

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

    /** Writes the string that follows, and returns it with its quotes. */
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

    private void string(Bytes utf8) {
        if (utf8.length() < 32) {
            out.put(0xA0 | utf8.length());
        } else {
            length(0xD9, utf8.length());
        }
        out.put(utf8);
    }

    private void binary(Bytes bytes) {
        length(0xC4, bytes.length());
        out.put(bytes);
    }

    /** A length in one, two or four bytes: three prefixes in a row. */
    private void length(int prefix, int length) {
        int size = length <= 0xFF ? 0 : length <= 0xFFFF ? 1 : 2;
        out.put(prefix + size);
        out.number(length, 1 << size);
    }

    private void number() {
        int from = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.at(at)) >= 0) {
            at++;
        }
        number(from, at);
    }

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

    private void large(BigInteger value) {
        if (value.bitLength() < Long.SIZE) {
            integer(value.longValue());
        } else if (value.bitLength() == Long.SIZE && value.signum() > 0) {
            out.put(0xCF);
            out.number(value.longValue(), 8);
        } else {
            real(value.doubleValue());
        }
    }

    private void real(double value) {
        out.put(0xCB);
        out.number(Double.doubleToLongBits(value), 8);
    }

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

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.at(at)) >= 0) {
            at++;
        }
    }
}
