package io.everwire.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.IntFunction;

/**
 * Checks that a task is linear in the size of its input: it compares the processor time of its thread for one size and for a size eight
 * times as large. The least time of several runs counts, so a busy machine makes the test slower, but does not change its result: other
 * threads do not count, and a single quiet run of each size is enough.
 */
public final class LinearWork {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final int FACTOR = 8;

    /** A quadratic task takes 64 times as long. */
    private static final int MOST = 24;

    private static final int LEAST_RUNS = 3;
    private static final int MOST_RUNS = 20;

    private LinearWork() {}

    /**
     * Checks a task.
     *
     * @param size the smaller size; the task should take some 100 µs for it
     * @param task prepares the input of a size, and returns the task that is measured
     */
    public static void assertLinear(String name, int size, IntFunction<Runnable> task) {
        for (int i = 0; i < FACTOR; i++) {
            task.apply(size).run();
        }
        task.apply(FACTOR * size).run();
        long small = Long.MAX_VALUE;
        long large = Long.MAX_VALUE;
        for (int run = 0; run < LEAST_RUNS || (run < MOST_RUNS && large > MOST * small); run++) {
            small = Math.min(small, time(task.apply(size)));
            large = Math.min(large, time(task.apply(FACTOR * size)));
        }
        assertThat(large / small)
                .as("%s: %d µs for a size, %d µs for 8 times the size", name, small / 1000, large / 1000)
                .isLessThanOrEqualTo(MOST);
    }

    private static long time(Runnable task) {
        long start = THREADS.getCurrentThreadCpuTime();
        task.run();
        return Math.max(1, THREADS.getCurrentThreadCpuTime() - start);
    }
}
