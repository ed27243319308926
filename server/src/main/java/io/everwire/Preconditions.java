package io.everwire;

import io.everwire.engine.LogSanitizer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** What a caller may say. What may not be is refused with its name, its value and the range. */
final class Preconditions {
    /** What the rooms read at most, in UTF-16 units. */
    private static final int MAX_NAMESPACE = 256;

    private Preconditions() {}

    /** From a millisecond, what every clock here tells apart, to a day. */
    static void time(String option, Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(option + ": " + value + " is not between 1 ms and 1 day");
        }
    }

    /**
     * A namespace's name, with its leading slash.
     *
     * @throws IllegalArgumentException if no client could ask for it
     */
    static String namespace(String name) {
        String whole = name.startsWith("/") ? name : "/" + name;
        if (whole.indexOf(',') >= 0 || whole.length() > MAX_NAMESPACE) {
            throw new IllegalArgumentException(
                    "namespace: \"" + LogSanitizer.of(whole) + "\" is not a name that clients can ask" + " for: up to "
                            + MAX_NAMESPACE + " characters, without a comma, which ends it on the wire");
        }
        return whole;
    }

    /** @throws IllegalArgumentException if there is none: it would be everybody, as in the reference, which nobody means */
    static List<String> rooms(String... rooms) {
        if (rooms.length == 0) {
            throw new IllegalArgumentException("to: no room is named, and without one everybody would be chosen; "
                    + "who means that says everybody(), or broadcast() of a socket");
        }
        return List.of(rooms);
    }

    /** Names out of those that there are; a misspelt one would choose nothing without a word. */
    static void known(String option, Collection<String> asked, Collection<String> known) {
        for (String name : asked) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        option + ": there is no \"" + name + "\" among " + new TreeSet<>(known));
            }
        }
    }

    static void range(String option, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(option + ": " + value + " is not between " + min + " and " + max);
        }
    }
}
