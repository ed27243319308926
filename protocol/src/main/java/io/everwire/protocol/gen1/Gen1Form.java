package io.everwire.protocol.gen1;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.text.Json;
import org.jspecify.annotations.Nullable;

/**
 * Parses the body of a POST of jsonp-polling: the field {@code d} with a payload as a JSON string, form-encoded ({@code
 * +} is a blank, {@code %22} a byte).
 *
 * <p>Example: {@code d=%223%3A%3A%3Ahello%22} holds the packet {@code 3:::hello}. It is JSON because browsers write
 * every line end of a form as CR LF.
 */
final class Gen1Form {
    private static final int MALFORMED = -1;

    private Gen1Form() {}

    /**
     * Returns the payload.
     *
     * @return null if the field is absent, occurs twice (as in the original), has a malformed escape or is not a JSON
     *     string
     */
    static @Nullable Bytes payload(Bytes body) {
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
                data = body.slice(at + 2, end);
            }
            at = end + 1;
        }
        Bytes json = data == null ? null : decode(data);
        return json != null && isString(json) ? Gen1Text.unquote(json) : null;
    }

    /** Returns whether the part from {@code from} to {@code to} begins with {@code d=}. */
    private static boolean isData(Bytes body, int from, int to) {
        return to - from >= 2 && body.at(from) == 'd' && body.at(from + 1) == '=';
    }

    /** Returns whether the bytes are exactly one valid JSON string. */
    private static boolean isString(Bytes json) {
        return !json.isEmpty() && json.at(0) == '"' && Json.isValue(json.array(), json.offset(), json.end(), 1);
    }

    /** Decodes a form-encoded value, without white space around it; returns null if an escape is malformed. */
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
        return Gen1Text.trim(Bytes.of(out, 0, length));
    }

    /** Returns the byte of two hexadecimal digits, or {@link #MALFORMED}. */
    private static int hex(byte high, byte low) {
        int h = Character.digit(high, 16);
        int l = Character.digit(low, 16);
        return h < 0 || l < 0 ? MALFORMED : (h << 4) | l;
    }
}
