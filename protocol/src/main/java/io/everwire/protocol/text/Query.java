package io.everwire.protocol.text;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses the query of a request target as {@code URLSearchParams} of browsers does (WHATWG URL standard, section 5.1),
 * except that of equal names the last one counts: the Node server builds a map of them.
 *
 * <p>No input fails. Example: {@code /a?x=1&x=2&y&z=%20} holds {@code x=2}, an empty {@code y}, and {@code z} with one
 * space.
 */
public final class Query {
    private Query() {}

    /**
     * Returns the decoded value of {@code name} in {@code target}; empty if the name has no {@code =}, null if it is
     * absent. The name is compared as written, without decoding it.
     */
    public static @Nullable String value(String target, String name) {
        int start = target.indexOf('?') + 1;
        if (start == 0) {
            return null;
        }
        String value = null;
        // The JVM searches text with vector instructions (benchmark polling).
        for (int at = target.indexOf(name, start); at >= 0 && at < target.length(); at = target.indexOf(name, at + 1)) {
            int after = at + name.length();
            if (at == start || target.charAt(at - 1) == '&') {
                if (after == target.length() || target.charAt(after) == '&') {
                    value = "";
                } else if (target.charAt(after) == '=') {
                    value = decode(target, after + 1, end(target, after));
                }
            }
        }
        return value;
    }

    /** Returns all names and values, decoded, in the order in which the names first appear. */
    public static Map<String, String> all(String target) {
        Map<String, String> all = new LinkedHashMap<>();
        int at = target.indexOf('?') + 1;
        if (at == 0) {
            return all;
        }
        while (at <= target.length()) {
            int end = end(target, at);
            // "a=1&&b=2" has an empty part, which is not a parameter.
            if (end > at) {
                int equals = target.indexOf('=', at);
                boolean bare = equals < 0 || equals > end;
                String name = decode(target, at, bare ? end : equals);
                all.put(name, bare ? "" : decode(target, equals + 1, end));
            }
            at = end + 1;
        }
        return all;
    }

    /** Returns the index of the {@code &} that ends the part at {@code from}, or the length of the target. */
    private static int end(String target, int from) {
        int end = target.indexOf('&', from);
        return end < 0 ? target.length() : end;
    }

    /**
     * Returns the part from {@code from} to {@code to} with its percent escapes and {@code +} decoded. A part with a
     * malformed escape is returned unchanged.
     */
    private static String decode(String target, int from, int to) {
        String text = target.substring(from, to);
        for (int at = from; at < to; at++) {
            char c = target.charAt(at);
            if (c == '%' || c == '+') {
                return unescape(text);
            }
        }
        return text;
    }

    private static String unescape(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}
