package io.everwire.core;

import io.everwire.engine.LogSanitizer;
import java.time.Duration;
import java.util.Collection;

/** Checks arguments of API methods. An argument that is not allowed is refused with its name, its value and the rule. */
final class Preconditions {
    /** The longest name of a namespace that every generation can parse, in UTF-16 units. */
    private static final int MAX_NAMESPACE = 256;

    private Preconditions() {}

    /**
     * Returns {@code timeout}.
     *
     * @throws IllegalArgumentException if it is not between 1 ms and 1 day
     */
    static Duration timeout(Duration timeout) {
        return time("timeout", timeout);
    }

    /**
     * Returns {@code time}.
     *
     * @param name the name of the argument
     * @throws IllegalArgumentException if it is not between 1 ms and 1 day
     */
    static Duration time(String name, Duration time) {
        if (time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(name + ": " + time + " is not between 1 ms and 1 day");
        }
        return time;
    }

    /**
     * Returns the name of a namespace with its leading slash.
     *
     * @throws IllegalArgumentException if no client could ask for it
     */
    static String namespace(String name) {
        String whole = name.startsWith("/") ? name : "/" + name;
        if (whole.indexOf(',') >= 0 || whole.length() > MAX_NAMESPACE) {
            throw new IllegalArgumentException("namespace: clients cannot ask for the name \"" + LogSanitizer.of(whole)
                    + "\": it must have at most " + MAX_NAMESPACE
                    + " characters and no comma, which ends the name on the wire");
        }
        return whole;
    }

    /**
     * Returns {@code rooms}.
     *
     * @throws IllegalArgumentException if it is empty: in the Node server a broadcast to no room goes to every socket, which is seldom
     *     intended
     */
    static Collection<String> rooms(Collection<String> rooms) {
        if (rooms.isEmpty()) {
            throw new IllegalArgumentException(
                    "to: no room is named, and a broadcast without rooms goes to every socket; "
                            + "to choose every socket, call everybody(), or broadcast() of a socket");
        }
        return rooms;
    }
}
