package io.everwire.benchmarks.attack;

import io.everwire.LimitOptions;

/**
 * The options of an attacked server; all others have their defaults.
 *
 * @param maxUnconnected the limit of this name
 * @param maxDynamicNamespaces the limit of this name
 */
record TargetOptions(Timeouts timeouts, int maxUnconnected, int maxDynamicNamespaces) {
    static TargetOptions defaults(Timeouts timeouts) {
        return new TargetOptions(timeouts, LimitOptions.DEFAULTS.maxUnconnected(), 100_000);
    }

    boolean brief() {
        return timeouts == Timeouts.BRIEF;
    }

    TargetOptions withMaxUnconnected(int count) {
        return new TargetOptions(timeouts, count, maxDynamicNamespaces);
    }

    TargetOptions withMaxDynamicNamespaces(int count) {
        return new TargetOptions(timeouts, maxUnconnected, count);
    }

    LimitOptions limits() {
        return LimitOptions.builder()
                .maxUnconnected(maxUnconnected)
                .unusedTimeout(timeouts.unused())
                .build();
    }

    /** Returns the options as one argument of a command line. */
    String argument() {
        return timeouts + "," + maxUnconnected + "," + maxDynamicNamespaces;
    }

    static TargetOptions parse(String argument) {
        String[] values = argument.split(",", -1);
        return new TargetOptions(Timeouts.valueOf(values[0]), Integer.parseInt(values[1]), Integer.parseInt(values[2]));
    }
}
