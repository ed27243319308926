package io.everwire.protocol.gen1;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.text.Json;
import java.nio.charset.StandardCharsets;

/** Converts text to JSON strings and back, in UTF-8, and without Strings if nothing is escaped. */
final class Gen1Text {
    private static final byte[] HEX = Bytes.utf8("0123456789abcdef").toByteArray();

    private Gen1Text() {}

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

    /**
     * Returns the JavaScript string literal of {@code text} for a script in a page or of its own.
     *
     * <p>The original wrote {@code <} unescaped, so that {@code <!--<script>} swallowed the rest of a page. It also
     * wrote U+2028 and U+2029, which end lines in JavaScript but not in JSON.
     */
    static String script(Bytes text) {
        return new String(Json.quote(text.toString()), StandardCharsets.UTF_8)
                .replace("/", "\\/")
                .replace("<", "\\u003c")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    /**
     * Returns {@code json} without any character that ends a line in JavaScript; the same object if it contains none.
     */
    static Bytes oneLine(Bytes json) {
        for (int i = 0; i < json.length(); i++) {
            byte b = json.at(i);
            if (b == '\n' || b == '\r' || (b == (byte) 0xE2 && isLineEnd(json, i))) {
                // LF and CR are white space here: inside strings they are escaped already.
                return Bytes.utf8(json.toString()
                        .replace('\n', ' ')
                        .replace('\r', ' ')
                        .replace("\u2028", "\\u2028")
                        .replace("\u2029", "\\u2029"));
            }
        }
        return json;
    }

    /** Returns whether U+2028 or U+2029 is at {@code at}. */
    private static boolean isLineEnd(Bytes utf8, int at) {
        return utf8.at(at + 1) == (byte) 0x80 && (utf8.at(at + 2) & ~1) == (byte) 0xA8;
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
