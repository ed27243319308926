package io.everwire.protocol.text;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The query of a request target, read as browsers' {@code URLSearchParams} reads it: the last of several equal names wins. */
public final class Query {
    private Query() {}

    /** The value of {@code name} in {@code target}, decoded; empty if the name stands there alone, null if it is absent. */
    public static @Nullable String value(String target, String name) {
        int at = target.indexOf('?') + 1;
        if (at == 0) {
            return null;
        }
        String value = null;
        while (at <= target.length()) {
            int end = end(target, at);
            if (target.startsWith(name, at)) {
                int after = at + name.length();
                if (after == end) {
                    value = "";
                } else if (after < end && target.charAt(after) == '=') {
                    value = decode(target.substring(after + 1, end));
                }
            }
            at = end + 1;
        }
        return value;
    }

    /** All names and values in the order of their first appearance, decoded. */
    public static Map<String, String> all(String target) {
        Map<String, String> all = new LinkedHashMap<>();
        int at = target.indexOf('?') + 1;
        if (at == 0) {
            return all;
        }
        while (at <= target.length()) {
            int end = end(target, at);
            if (end > at) {
                int equals = target.indexOf('=', at);
                boolean bare = equals < 0 || equals > end;
                String name = decode(target.substring(at, bare ? end : equals));
                all.put(name, bare ? "" : decode(target.substring(equals + 1, end)));
            }
            at = end + 1;
        }
        return all;
    }

    private static int end(String target, int from) {
        int end = target.indexOf('&', from);
        return end < 0 ? target.length() : end;
    }

    /** Text with a malformed escape is taken as it stands: a query cannot fail. */
    private static String decode(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}
