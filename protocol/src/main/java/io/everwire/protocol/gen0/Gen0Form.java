package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.text.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Parses the body of a POST: the field {@code data} with a payload, form-encoded ({@code +} is a blank, {@code %7E} a
 * byte).
 *
 * <p>Example: {@code data=%7Em%7E5%7Em%7Ehello}. The content type is not checked, because XDomainRequest of Internet
 * Explorer sends none.
 */
final class Gen0Form {
    private static final int MALFORMED = -1;

    private Gen0Form() {}

    /**
     * Returns the payload of a script's POST.
     *
     * @return null if the field is absent, occurs twice (the original delivered nothing then, too), has a malformed
     *     escape or is not UTF-8
     */
    static @Nullable Bytes data(Bytes body) {
        Bytes field = field(body);
        return field != null && Utf8.isValid(field.array(), field.offset(), field.end()) ? field : null;
    }

    /**
     * Returns the payload of a form that a browser submitted, in the page's charset and with CR LF for every line end;
     * see {@link Gen0FormRepair}.
     */
    static @Nullable Bytes repairedData(Bytes body) {
        Bytes field = field(body);
        return field == null ? null : Gen0FormRepair.repair(field);
    }

    /** Returns the decoded field {@code data}; null if the body has not exactly one. */
    private static @Nullable Bytes field(Bytes body) {
        Bytes data = null;
        int at = 0;
        while (at < body.length()) {
            int end = at;
            while (end < body.length() && body.at(end) != '&') {
                end++;
            }
            if (isData(body, at, end)) {
                if (data != null) {
                    return null;
                }
                data = body.slice(at + 5, end);
            }
            at = end + 1;
        }
        return data == null ? null : decode(data);
    }

    /** Returns whether the part from {@code from} to {@code to} begins with {@code data=}. */
    private static boolean isData(Bytes body, int from, int to) {
        return to - from >= 5
                && body.at(from) == 'd'
                && body.at(from + 1) == 'a'
                && body.at(from + 2) == 't'
                && body.at(from + 3) == 'a'
                && body.at(from + 4) == '=';
    }

    /** Decodes a form-encoded value; returns null if an escape is malformed. */
    private static @Nullable Bytes decode(Bytes value) {
        byte[] out = new byte[value.length()];
        int length = 0;
        for (int i = 0; i < value.length(); i++) {
            byte b = value.at(i);
            if (b == '%') {
                int escaped = i + 2 < value.length() ? hex(value.at(i + 1), value.at(i + 2)) : MALFORMED;
                if (escaped == MALFORMED) {
                    return null;
                }
                i += 2;
                b = (byte) escaped;
            } else if (b == '+') {
                b = ' ';
            }
            // Bytes that a form should have escaped are taken as they are (F12).
            out[length++] = b;
        }
        return Bytes.of(out, 0, length);
    }

    /** Returns the byte of two hexadecimal digits, or {@link #MALFORMED}. */
    private static int hex(byte high, byte low) {
        int h = Character.digit(high, 16);
        int l = Character.digit(low, 16);
        return h < 0 || l < 0 ? MALFORMED : (h << 4) | l;
    }
}
