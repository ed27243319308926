package io.everwire.benchmarks.attack;

import io.everwire.LimitOptions;

/**
 * The options of an attacked server; all others have their defaults.
 *
 * @param brief whether timeouts are a few seconds, so that a short test sees them pass
 * @param maxUnconnected the limit of this name
 * @param maxDynamicNamespaces the limit of this name
 */
record TargetOptions(boolean brief, int maxUnconnected, int maxDynamicNamespaces) {
    static TargetOptions defaults(boolean brief) {
        return new TargetOptions(brief, LimitOptions.DEFAULTS.maxUnconnected(), 100_000);
    }

    TargetOptions withMaxUnconnected(int count) {
        return new TargetOptions(brief, count, maxDynamicNamespaces);
    }

    TargetOptions withMaxDynamicNamespaces(int count) {
        return new TargetOptions(brief, maxUnconnected, count);
    }

    LimitOptions.Builder limit(LimitOptions.Builder limits) {
        return limits.maxUnconnected(maxUnconnected);
    }

    /** Returns the options as one argument of a command line. */
    String argument() {
        return brief + "," + maxUnconnected + "," + maxDynamicNamespaces;
    }

    static TargetOptions parse(String argument) {
        String[] values = argument.split(",", -1);
        return new TargetOptions(
                Boolean.parseBoolean(values[0]), Integer.parseInt(values[1]), Integer.parseInt(values[2]));
    }
}
