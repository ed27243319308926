package io.everwire;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Checks values of options. A value out of range is refused with the option's name, the value and the range. */
final class Preconditions {
    private Preconditions() {}

    /** Returns {@code value} if it is between 1 ms, the resolution of all clocks here, and 1 day. */
    static Duration time(String option, Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(option + ": " + value + " is not between 1 ms and 1 day");
        }
        return value;
    }

    /** As {@link #time}, but 0 is allowed as well. */
    static Duration timeOrZero(String option, Duration value) {
        if (!value.isZero() && (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofDays(1)) > 0)) {
            throw new IllegalArgumentException(option + ": " + value + " is neither 0 nor between 1 ms and 1 day");
        }
        return value;
    }

    /** Returns the names if there is one: an empty list means the default elsewhere, and seldom what was wanted. */
    static Set<String> names(String option, String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException(option + ": no name is given");
        }
        return Set.copyOf(List.of(names));
    }

    /** Returns {@code value} if it is in the range, limits included. */
    static int range(String option, int value, int min, int max) {
        range(option, (long) value, min, max);
        return value;
    }

    /** Returns {@code value} if it is in the range, limits included. */
    static long range(String option, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(option + ": " + value + " is not between " + min + " and " + max);
        }
        return value;
    }
}
