package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.text.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * The body of a POST: {@code data=} and a payload, form-encoded ({@code +} is a blank, {@code %7E} a byte). The content type
 * does not matter: IE's XDomainRequest sends none.
 */
final class Gen0Form {
    private static final int MALFORMED = -1;

    private Gen0Form() {}

    /**
     * The payload, or null if there is nothing to read: the field is absent, stands there twice (as in the original), has a
     * malformed escape, or is not UTF-8.
     */
    static @Nullable Bytes data(Bytes body) {
        Bytes field = field(body);
        return field != null && Utf8.isValid(field.array(), field.offset(), field.end()) ? field : null;
    }

    /** As {@link #data}, from a form that a browser submitted: in the page's charset, with every line end a CR LF. */
    static @Nullable Bytes repairedData(Bytes body) {
        Bytes field = field(body);
        return field == null ? null : Gen0FormRepair.repair(field);
    }

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

    private static boolean isData(Bytes body, int from, int to) {
        return to - from >= 5
                && body.at(from) == 'd'
                && body.at(from + 1) == 'a'
                && body.at(from + 2) == 't'
                && body.at(from + 3) == 'a'
                && body.at(from + 4) == '=';
    }

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
            out[length++] = b;
        }
        return Bytes.of(out, 0, length);
    }

    private static int hex(byte high, byte low) {
        int h = Character.digit(high, 16);
        int l = Character.digit(low, 16);
        return h < 0 || l < 0 ? MALFORMED : (h << 4) | l;
    }
}
