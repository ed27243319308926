package io.everwire.core.request;

import io.everwire.ResponseHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The headers that an application adds to one response. Used by one thread at a time. */
final class AddedHeaders implements ResponseHeaders {
    /** Headers that delimit a response or say how to read it: a wrong value would corrupt the next response. */
    private static final Set<String> RESERVED = Set.of(
            "connection",
            "content-encoding",
            "content-length",
            "keep-alive",
            "sec-websocket-accept",
            "sec-websocket-extensions",
            "sec-websocket-protocol",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final List<String> namesAndValues = new ArrayList<>(2);

    @Override
    public ResponseHeaders set(String name, String value) {
        check(name, value);
        for (int i = namesAndValues.size() - 2; i >= 0; i -= 2) {
            if (namesAndValues.get(i).equalsIgnoreCase(name)) {
                namesAndValues.subList(i, i + 2).clear();
            }
        }
        return add(name, value);
    }

    @Override
    public ResponseHeaders add(String name, String value) {
        check(name, value);
        namesAndValues.add(name);
        namesAndValues.add(value);
        return this;
    }

    /** Returns names and values in turn. */
    List<String> list() {
        return List.copyOf(namesAndValues);
    }

    private static void check(String name, String value) {
        if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+") || RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("header name: \"" + name + "\" is no token, or one of " + RESERVED);
        }
        if (!value.chars().allMatch(c -> c == '\t' || (c >= 0x20 && c != 0x7F && c <= 0xFF))) {
            throw new IllegalArgumentException(
                    "header " + name + ": the value has a character that is not allowed in a header");
        }
    }
}
