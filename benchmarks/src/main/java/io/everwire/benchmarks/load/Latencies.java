package io.everwire.benchmarks.load;

/** A histogram of latencies in steps of about 3 %, from 1 µs to an hour. Not thread-safe. */
public final class Latencies {
    /** The number of steps between two powers of two. */
    private static final int STEPS = 32;

    private static final int SHIFT = 5;

    /** The last step: 1 ns·2<sup>42</sup>, which is more than an hour. */
    private static final int POWERS = 42;

    private final long[] counts = new long[STEPS * POWERS];
    private long total;

    /** Adds a latency in nanoseconds, {@code times} times. */
    public void add(long nanos, int times) {
        counts[index(nanos)] += times;
        total += times;
    }

    /** Returns the number of latencies. */
    public long count() {
        return total;
    }

    /** Adds the latencies of another histogram. */
    public void add(Latencies other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
    }

    /**
     * Returns the microseconds that {@code share} of the latencies do not exceed, rounded to a step; 0 if there are
     * none.
     */
    public double micros(double share) {
        long rank = (long) Math.ceil(share * total);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank && seen > 0) {
                return highest(i) / 1e3;
            }
        }
        return 0;
    }

    private static int index(long nanos) {
        if (nanos < STEPS) {
            return (int) Math.max(0, nanos);
        }
        int power = 63 - Long.numberOfLeadingZeros(nanos) - SHIFT;
        int index = (power + 1) * STEPS + (int) (nanos >>> power) - STEPS;
        return Math.min(index, STEPS * POWERS - 1);
    }

    private static long highest(int index) {
        if (index < STEPS) {
            return index;
        }
        int power = index / STEPS - 1;
        return ((long) (index % STEPS + STEPS + 1) << power) - 1;
    }
}
