package io.everwire;

import io.everwire.protocol.RequestHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The headers that the application adds to an answer; of the server's own with the same name they take the place. For one
 * answer, and one thread at a time.
 */
public final class ResponseHeaders {
    /** What says where an answer ends, or what it is: wrong, it would be read as the next answer, or not at all. */
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

    ResponseHeaders() {}

    /**
     * Sets a header, in place of those of this name that were set before.
     *
     * @throws IllegalArgumentException if the name or the value cannot stand in a header, or the name is one that the server
     *     must decide about
     */
    public ResponseHeaders set(String name, String value) {
        check(name, value);
        for (int i = namesAndValues.size() - 2; i >= 0; i -= 2) {
            if (namesAndValues.get(i).equalsIgnoreCase(name)) {
                namesAndValues.subList(i, i + 2).clear();
            }
        }
        return add(name, value);
    }

    /**
     * Adds a header beside those of this name that were set before, such as a second {@code Set-Cookie}.
     *
     * @throws IllegalArgumentException as {@link #set}
     */
    public ResponseHeaders add(String name, String value) {
        check(name, value);
        namesAndValues.add(name);
        namesAndValues.add(value);
        return this;
    }

    /** Names and values in turn. */
    List<String> list() {
        return List.copyOf(namesAndValues);
    }

    private static void check(String name, String value) {
        if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+") || RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("header name: \"" + name + "\" is no token, or one of " + RESERVED);
        }
        if (!value.chars().allMatch(c -> c == '\t' || (c >= 0x20 && c != 0x7F && c <= 0xFF))) {
            throw new IllegalArgumentException(
                    "header " + name + ": the value has a character that no header may have");
        }
    }

    /** Told of the headers of an answer while they can be added to; see {@link EngineServer#onHeaders}. */
    @FunctionalInterface
    public interface Listener {
        /** Adds what it wants to. Called on the event loop: it must not block. */
        void on(ResponseHeaders headers, RequestHead request);
    }
}
