package io.everwire;

import java.time.Duration;

/** What an option may be. What may not be is refused with the option's name, its value and the range. */
final class Checks {
    private Checks() {}

    /** From a millisecond, what every clock here tells apart, to a day. */
    static void time(String option, Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(option + ": " + value + " is not between 1 ms and 1 day");
        }
    }

    static void range(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(option + ": " + value + " is not between " + min + " and " + max);
        }
    }
}
