package io.everwire;

import java.time.Duration;
import java.util.List;

/** What a caller may say. What may not be is refused with its name, its value and the range. */
final class Checks {
    private Checks() {}

    /** From a millisecond, what every clock here tells apart, to a day. */
    static void time(String option, Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(option + ": " + value + " is not between 1 ms and 1 day");
        }
    }

    /** @throws IllegalArgumentException if there is none: it would be everybody, as in the reference, which nobody means */
    static List<String> rooms(String... rooms) {
        if (rooms.length == 0) {
            throw new IllegalArgumentException("to: no room is named, and without one everybody would be chosen; "
                    + "who means that says everybody(), or broadcast() of a socket");
        }
        return List.of(rooms);
    }

    static void range(String option, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(option + ": " + value + " is not between " + min + " and " + max);
        }
    }
}
