package io.everwire.protocol.gen1;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.text.Json;
import org.jspecify.annotations.Nullable;

/**
 * Parses the body of a POST of jsonp-polling: the field {@code d} with a payload, form-encoded ({@code +} is a blank,
 * {@code %22} a byte).
 *
 * <p>Examples: {@code d=%223%3A%3A%3Ahello%22} and {@code d=3%3A%3A%3Ahello} hold the packet {@code 3:::hello}. Clients
 * since 0.8.6 send a JSON string, because browsers write every line end of a form as CR LF. Earlier clients send the
 * payload itself, which begins with a digit or with U+FFFD and never with a quotation mark.
 */
final class Gen1Form {
    private static final int MALFORMED = -1;

    private Gen1Form() {}

    /**
     * Returns the payload, which need not be UTF-8.
     *
     * @return null if the field is absent, occurs twice (as in the original), has a malformed escape or is neither a
     *     JSON string nor a payload
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
        Bytes text = data == null ? null : decode(data);
        if (text != null && isPayload(text)) {
            return restoreLineEnds(text);
        }
        Bytes json = text == null ? null : Gen1Text.trim(text);
        return json != null && isString(json) ? Gen1Text.unquote(json) : null;
    }

    /** Returns whether the text begins like a packet or like several packets. */
    private static boolean isPayload(Bytes text) {
        return (!text.isEmpty() && text.at(0) >= '0' && text.at(0) <= '9') || Gen1Framing.isMany(text);
    }

    /**
     * Returns a payload with LF for CR LF. The client wrote the lengths in it before the browser changed the line ends.
     */
    private static Bytes restoreLineEnds(Bytes text) {
        byte[] out = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean crlf = text.at(i) == '\r' && i + 1 < text.length() && text.at(i + 1) == '\n';
            if (!crlf) {
                out[length++] = text.at(i);
            }
        }
        return Bytes.of(out, 0, length);
    }

    /** Returns whether the part from {@code from} to {@code to} begins with {@code d=}. */
    private static boolean isData(Bytes body, int from, int to) {
        return to - from >= 2 && body.at(from) == 'd' && body.at(from + 1) == '=';
    }

    /** Returns whether the bytes are exactly one valid JSON string. */
    private static boolean isString(Bytes json) {
        return !json.isEmpty() && json.at(0) == '"' && Json.isValue(json.array(), json.offset(), json.end(), 1);
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
