package io.everwire.protocol.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Validates JSON (RFC 8259) in UTF-8 without binding it, and finds the elements of an array.
 *
 * <p>JSON of a peer is validated once, on the way in, so that all JSON passed on is valid. The server later binds
 * values to the types of its handlers.
 *
 * <p>Strict: no comments, no trailing commas, no invalid UTF-8, no nesting deeper than {@code maxDepth}. One pass, no
 * allocation except for the result.
 */
public final class Json {
    /**
     * The largest number of characters in a number. The number parsers of Java and JavaScript take more than linear
     * time.
     */
    public static final int MAX_NUMBER_LENGTH = 1000;

    /**
     * The result of the private methods for invalid JSON. Otherwise they return the index behind the part they read.
     */
    private static final int NOT_JSON = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** A byte multiplied by this is that byte eight times. */
    private static final long EACH = 0x0101010101010101L;

    /** The highest bit of each of eight bytes. */
    private static final long HIGHEST = 0x8080808080808080L;

    private Json() {}

    /**
     * Returns the positions of the elements of the array that fills {@code json} from {@code from} to {@code to}. White
     * space around it is allowed.
     *
     * @param maxDepth the deepest nesting of arrays and objects allowed, this array included
     * @return start and end (exclusive) of each element in turn, or null if this is not exactly one valid array
     */
    public static int @Nullable [] elements(byte[] json, int from, int to, int maxDepth) {
        int at = space(json, from, to);
        if (at >= to || json[at] != '[' || maxDepth < 1) {
            return null;
        }
        // As many as an event with one argument has.
        int[] bounds = new int[4];
        int count = 0;
        at = space(json, at + 1, to);
        if (at < to && json[at] == ']') {
            return space(json, at + 1, to) == to ? new int[0] : null;
        }
        while (true) {
            int end = value(json, at, to, maxDepth - 1);
            if (end == NOT_JSON) {
                return null;
            }
            if (count == bounds.length) {
                bounds = Arrays.copyOf(bounds, 2 * count);
            }
            bounds[count++] = at;
            bounds[count++] = end;
            at = space(json, end, to);
            if (at >= to) {
                return null;
            }
            if (json[at] == ']') {
                boolean whole = space(json, at + 1, to) == to;
                return whole ? (count == bounds.length ? bounds : Arrays.copyOf(bounds, count)) : null;
            }
            if (json[at] != ',') {
                return null;
            }
            at = space(json, at + 1, to);
        }
    }

    /**
     * Returns whether {@code json} holds, from {@code from} to {@code to}, exactly one valid value with optional white
     * space around it.
     */
    public static boolean isValue(byte[] json, int from, int to, int maxDepth) {
        int end = value(json, space(json, from, to), to, maxDepth);
        return end != NOT_JSON && space(json, end, to) == to;
    }

    /**
     * Returns the deepest nesting of arrays and objects, valid or not: for messages about JSON that {@link #elements} or
     * {@link #isValue} rejected. It needs no stack.
     */
    public static int depth(byte[] json, int from, int to) {
        int depth = 0;
        int deepest = 0;
        boolean inString = false;
        for (int at = from; at < to; at++) {
            byte b = json[at];
            if (inString) {
                at += b == '\\' ? 1 : 0;
                inString = b != '"';
            } else if (b == '"') {
                inString = true;
            } else if (b == '[' || b == '{') {
                depth++;
                deepest = Math.max(deepest, depth);
            } else if (b == ']' || b == '}') {
                depth--;
            }
        }
        return deepest;
    }

    /**
     * Returns the text of a string literal that {@link #elements} or {@link #isValue} found valid.
     *
     * @return the text between the quotes, with its escapes decoded
     */
    public static String text(byte[] json, int from, int to) {
        String raw = new String(json, from + 1, to - from - 2, StandardCharsets.UTF_8);
        int escape = raw.indexOf('\\');
        if (escape < 0) {
            return raw;
        }
        StringBuilder text = new StringBuilder(raw.length());
        int copied = 0;
        for (; escape >= 0; escape = raw.indexOf('\\', copied)) {
            text.append(raw, copied, escape);
            char kind = raw.charAt(escape + 1);
            if (kind == 'u') {
                // A surrogate pair is two escapes: each appends one half.
                text.append((char) Integer.parseInt(raw, escape + 2, escape + 6, 16));
                copied = escape + 6;
            } else {
                text.append(unescape(kind));
                copied = escape + 2;
            }
        }
        return text.append(raw, copied, raw.length()).toString();
    }

    /**
     * Returns a string literal with {@code text}. A lone surrogate, which UTF-8 cannot carry, is written as an escape,
     * as {@code JSON.stringify} does.
     *
     * @return the literal in UTF-8, quotes included
     */
    public static byte[] quote(String text) {
        // Most names and values are ASCII without escapes: these are written without a StringBuilder.
        byte[] plain = new byte[text.length() + 2];
        plain[0] = '"';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c >= 0x7F || c == '"' || c == '\\') {
                return escape(text);
            }
            plain[i + 1] = (byte) c;
        }
        plain[plain.length - 1] = '"';
        return plain;
    }

    /** Writes text of which at least one character is not plain ASCII. */
    private static byte[] escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20) {
                control(out, c);
            } else if (Character.isSurrogate(c)) {
                // A pair is one character of four bytes; a lone surrogate becomes an escape of six.
                if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    out.append(c).append(text.charAt(++i));
                } else {
                    unicode(out, c);
                }
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Writes a control character in its shortest form: with one letter, as {@code \n}, or with four digits. */
    private static void control(StringBuilder out, char c) {
        switch (c) {
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default -> unicode(out, c);
        }
    }

    /** Writes an escape with four hexadecimal digits. */
    private static void unicode(StringBuilder out, char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(Character.forDigit(c >> shift & 0xF, 16));
        }
    }

    /**
     * Returns the character that the letter after a backslash stands for; quote, backslash and slash stand for
     * themselves.
     */
    private static char unescape(char kind) {
        return switch (kind) {
            case 'b' -> '\b';
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'f' -> '\f';
            case 'r' -> '\r';
            default -> kind;
        };
    }

    /** Returns the end of the value that begins at {@code at}, or {@link #NOT_JSON}. */
    private static int value(byte[] json, int at, int to, int depth) {
        if (at >= to) {
            return NOT_JSON;
        }
        return switch (json[at]) {
            case '"' -> string(json, at, to);
            case '{' -> depth < 1 ? NOT_JSON : object(json, at + 1, to, depth - 1);
            case '[' -> depth < 1 ? NOT_JSON : array(json, at + 1, to, depth - 1);
            case 't' -> literal(json, at, to, "true");
            case 'f' -> literal(json, at, to, "false");
            case 'n' -> literal(json, at, to, "null");
            default -> number(json, at, to);
        };
    }

    /** Returns the end of the array whose first element or closing bracket follows at {@code from}. */
    private static int array(byte[] json, int from, int to, int depth) {
        int at = space(json, from, to);
        if (at < to && json[at] == ']') {
            return at + 1;
        }
        while (true) {
            at = value(json, at, to, depth);
            if (at == NOT_JSON) {
                return NOT_JSON;
            }
            at = space(json, at, to);
            if (at >= to) {
                return NOT_JSON;
            }
            if (json[at] == ']') {
                return at + 1;
            }
            if (json[at] != ',') {
                return NOT_JSON;
            }
            at = space(json, at + 1, to);
        }
    }

    /** Returns the end of the object whose first member or closing brace follows at {@code from}. */
    private static int object(byte[] json, int from, int to, int depth) {
        int at = space(json, from, to);
        if (at < to && json[at] == '}') {
            return at + 1;
        }
        while (true) {
            at = member(json, at, to, depth);
            if (at == NOT_JSON) {
                return NOT_JSON;
            }
            at = space(json, at, to);
            if (at >= to) {
                return NOT_JSON;
            }
            if (json[at] == '}') {
                return at + 1;
            }
            if (json[at] != ',') {
                return NOT_JSON;
            }
            at = space(json, at + 1, to);
        }
    }

    /** Returns the end of the member ({@code "name":value}) that begins at {@code from}. */
    private static int member(byte[] json, int from, int to, int depth) {
        if (from >= to || json[from] != '"') {
            return NOT_JSON;
        }
        int at = string(json, from, to);
        if (at == NOT_JSON) {
            return NOT_JSON;
        }
        at = space(json, at, to);
        return at < to && json[at] == ':' ? value(json, space(json, at + 1, to), to, depth) : NOT_JSON;
    }

    /** Returns the end of the string that begins with the quote at {@code from}. */
    private static int string(byte[] json, int from, int to) {
        int at = from + 1;
        while (at < to) {
            // Eight bytes at a time, up to the first that needs a look (benchmark CodecBenchmark.decode).
            if (at <= to - Long.BYTES) {
                long special = special((long) LONGS.get(json, at));
                at += Long.numberOfTrailingZeros(special) / Byte.SIZE;
                if (special == 0) {
                    continue;
                }
            }
            byte b = json[at];
            if (b == '"') {
                return at + 1;
            }
            if (b == '\\') {
                at = escape(json, at + 1, to);
            } else if (b >= 0x20) {
                at++;
            } else {
                // Control characters must be escaped (RFC 8259, section 7); bytes from 80 on are checked as UTF-8.
                at = b >= 0 ? NOT_JSON : Utf8.next(json, at, to);
            }
            if (at < 0) {
                return NOT_JSON;
            }
        }
        return NOT_JSON;
    }

    /**
     * Returns the bytes, of eight, that need a closer look, by their highest bit: bytes that are not ASCII, control
     * characters, quotes and backslashes. Exact up to the first of them, which is in the lowest byte; 0 if all are plain.
     */
    private static long special(long eight) {
        long quote = eight ^ ('"' * EACH);
        long backslash = eight ^ ('\\' * EACH);
        long special = ((eight - 0x20 * EACH) & ~eight)
                | ((quote - EACH) & ~quote)
                | ((backslash - EACH) & ~backslash)
                | eight;
        return special & HIGHEST;
    }

    /** Returns the end of the escape whose letter is at {@code at}. */
    private static int escape(byte[] json, int at, int to) {
        if (at >= to) {
            return NOT_JSON;
        }
        return switch (json[at]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 1;
            case 'u' -> {
                if (to - at < 5) {
                    yield NOT_JSON;
                }
                for (int i = at + 1; i < at + 5; i++) {
                    if (!isHex(json[i])) {
                        yield NOT_JSON;
                    }
                }
                yield at + 5;
            }
            default -> NOT_JSON;
        };
    }

    /** Returns the end of the number at {@code from}: {@code -12}, {@code 0.5}, {@code 1e+9}. */
    private static int number(byte[] json, int from, int to) {
        int at = from;
        if (json[at] == '-') {
            at++;
        }
        int end = digits(json, at, to);
        // No digit at all, or a zero in front of others: 01 is not a number (RFC 8259, section 6).
        if (end == at || (json[at] == '0' && end > at + 1)) {
            return NOT_JSON;
        }
        at = end;
        if (at < to && json[at] == '.') {
            end = digits(json, at + 1, to);
            // "1." has no fraction.
            if (end == at + 1) {
                return NOT_JSON;
            }
            at = end;
        }
        // Bit 0x20 makes a small letter of a capital one.
        if (at < to && (json[at] | 0x20) == 'e') {
            int exponent = at + 1;
            if (exponent < to && (json[exponent] == '+' || json[exponent] == '-')) {
                exponent++;
            }
            at = digits(json, exponent, to);
            if (at == exponent) {
                return NOT_JSON;
            }
        }
        return at - from > MAX_NUMBER_LENGTH ? NOT_JSON : at;
    }

    /** Returns the index behind the digits that begin at {@code from}; {@code from} itself if none do. */
    private static int digits(byte[] json, int from, int to) {
        int at = from;
        while (at < to && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        return at;
    }

    /** Returns the end of {@code literal} at {@code from}, the first character of which the caller has compared. */
    private static int literal(byte[] json, int from, int to, String literal) {
        if (to - from < literal.length()) {
            return NOT_JSON;
        }
        for (int i = 1; i < literal.length(); i++) {
            if (json[from + i] != literal.charAt(i)) {
                return NOT_JSON;
            }
        }
        return from + literal.length();
    }

    /** Returns the index of the first byte at or behind {@code from} that is not white space (RFC 8259, section 2). */
    private static int space(byte[] json, int from, int to) {
        int at = from;
        while (at < to && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
            at++;
        }
        return at;
    }

    private static boolean isHex(byte b) {
        return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F');
    }
}
