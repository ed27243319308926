package io.everwire.engine;

import java.time.Duration;

/** Checks the values of the options of hosts. A message names the option, the value and the range, limits included. */
public final class HostOption {
    private HostOption() {}

    /**
     * Returns {@code value}.
     *
     * @throws IllegalArgumentException if it is out of the range
     */
    public static int range(String option, int value, int least, int most) {
        check(option, value, least, most, "");
        return value;
    }

    /**
     * Returns {@code value}.
     *
     * @param least in milliseconds, as {@code most}
     * @throws IllegalArgumentException if it is out of the range
     */
    public static Duration time(String option, Duration value, long least, long most) {
        check(option, value.toMillis(), least, most, " ms");
        return value;
    }

    private static void check(String option, long value, long least, long most, String unit) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    option + ": " + value + unit + " is not from " + least + " to " + most + unit);
        }
    }
}
