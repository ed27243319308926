package io.everwire.benchmarks.load;

/** How long things took: counted in steps of about 3 %, from 1 µs to an hour. Not for several threads. */
public final class Latencies {
    /** Steps between two powers of two. */
    private static final int STEPS = 32;

    private static final int SHIFT = 5;

    /** Of 1 ns·2<sup>42</sup>, more than an hour. */
    private static final int POWERS = 42;

    private final long[] counts = new long[STEPS * POWERS];
    private long total;

    /** Counts something that took so many nanoseconds, {@code times} times. */
    void add(long nanos, int times) {
        counts[index(nanos)] += times;
        total += times;
    }

    /** How many were counted. */
    public long count() {
        return total;
    }

    /** Takes over what the other counted. */
    public void add(Latencies other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
    }

    /** Microseconds that {@code share} of them did not exceed, to the step; 0 if there are none. */
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
