package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.text.Json;
import java.io.ByteArrayOutputStream;

/** Converts text to JSON strings and back, in UTF-8, and without Strings if nothing is escaped. */
final class Gen0Text {
    private static final byte[] HEX = Bytes.utf8("0123456789abcdef").toByteArray();
    private static final byte[] LESS_THAN = Bytes.utf8("\\u003c").toByteArray();
    private static final byte[] LINE_SEPARATOR = Bytes.utf8("\\u2028").toByteArray();
    private static final byte[] PARAGRAPH_SEPARATOR = Bytes.utf8("\\u2029").toByteArray();

    private Gen0Text() {}

    /** Returns the JSON string literal of {@code text}, which is UTF-8. */
    static Bytes quote(Bytes text) {
        int length = 2;
        for (int i = text.offset(); i < text.end(); i++) {
            length += width(text.array()[i]);
        }
        byte[] out = new byte[length];
        out[0] = '"';
        out[length - 1] = '"';
        // No byte needs an escape: the text is copied as a whole.
        if (length == text.length() + 2) {
            System.arraycopy(text.array(), text.offset(), out, 1, text.length());
            return Bytes.of(out);
        }
        int at = 1;
        for (int i = text.offset(); i < text.end(); i++) {
            byte b = text.array()[i];
            if (width(b) == 1) {
                out[at++] = b;
            } else {
                at = escape(b, out, at);
            }
        }
        return Bytes.of(out);
    }

    /**
     * Returns the string literal of {@code text} for a script. Beyond JSON, {@code <} is escaped, or HTML would find
     * the end of the script in the text. U+2028 and U+2029 are escaped as well, because they ended lines, and so
     * literals, before ECMAScript 2019.
     */
    static Bytes script(Bytes text) {
        Bytes literal = quote(text);
        byte[] in = literal.array();
        int from = literal.offset();
        ByteArrayOutputStream out = null;
        for (int i = from; i < literal.end(); i++) {
            boolean separator = isSeparator(in, i, literal.end());
            if (in[i] == '<' || separator) {
                out = out == null ? new ByteArrayOutputStream(literal.length() + 64) : out;
                out.write(in, from, i - from);
                out.writeBytes(
                        in[i] == '<' ? LESS_THAN : in[i + 2] == (byte) 0xA8 ? LINE_SEPARATOR : PARAGRAPH_SEPARATOR);
                i += separator ? 2 : 0;
                from = i + 1;
            }
        }
        if (out == null) {
            return literal;
        }
        out.write(in, from, literal.end() - from);
        return Bytes.of(out.toByteArray());
    }

    /** Returns all of {@code parts} in order. */
    static Bytes join(Bytes... parts) {
        int length = 0;
        for (Bytes part : parts) {
            length += part.length();
        }
        byte[] joined = new byte[length];
        int at = 0;
        for (Bytes part : parts) {
            System.arraycopy(part.array(), part.offset(), joined, at, part.length());
            at += part.length();
        }
        return Bytes.of(joined);
    }

    /** Returns whether U+2028 (E2 80 A8 in UTF-8) or U+2029 (E2 80 A9) is at {@code at}. */
    private static boolean isSeparator(byte[] bytes, int at, int end) {
        return end - at >= 3
                && bytes[at] == (byte) 0xE2
                && bytes[at + 1] == (byte) 0x80
                && (bytes[at + 2] & 0xFE) == 0xA8;
    }

    /**
     * Returns the text of a valid JSON string literal. A lone surrogate becomes U+FFFD, as when JavaScript writes
     * UTF-8. A literal without escapes is not copied.
     */
    static Bytes unquote(Bytes literal) {
        Bytes inside = literal.slice(1, literal.length() - 1);
        for (int i = inside.offset(); i < inside.end(); i++) {
            if (inside.array()[i] == '\\') {
                return Bytes.utf8(wellFormed(Json.text(literal.array(), literal.offset(), literal.end())));
            }
        }
        return inside;
    }

    /** Returns {@code json} without the white space around it, so that later code need not expect any. */
    static Bytes trim(Bytes json) {
        int from = 0;
        int to = json.length();
        while (from < to && isSpace(json.at(from))) {
            from++;
        }
        while (to > from && isSpace(json.at(to - 1))) {
            to--;
        }
        return json.slice(from, to);
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /**
     * Returns the number of bytes that a byte of text takes in a literal: 1, 2 ({@code \n}) or 6 (with four digits).
     */
    private static int width(byte b) {
        if (b < 0 || (b >= 0x20 && b != '"' && b != '\\')) {
            return 1;
        }
        return letter(b) == 'u' ? 6 : 2;
    }

    /** Returns the byte that follows the backslash. */
    private static byte letter(byte b) {
        return switch (b) {
            case '"', '\\' -> b;
            case '\b' -> 'b';
            case '\t' -> 't';
            case '\n' -> 'n';
            case '\f' -> 'f';
            case '\r' -> 'r';
            default -> 'u';
        };
    }

    /** Writes the escape of {@code b}; returns the index behind it. */
    private static int escape(byte b, byte[] out, int from) {
        byte letter = letter(b);
        int at = from;
        out[at++] = '\\';
        out[at++] = letter;
        if (letter == 'u') {
            out[at++] = '0';
            out[at++] = '0';
            out[at++] = HEX[b >> 4];
            out[at++] = HEX[b & 0xF];
        }
        return at;
    }

    /** Returns {@code text} with U+FFFD for every lone surrogate. */
    private static String wellFormed(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .forEach(out::appendCodePoint);
        return out.toString();
    }
}
