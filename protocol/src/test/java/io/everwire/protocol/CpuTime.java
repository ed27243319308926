package io.everwire.protocol;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Measures work, for tests that show that it is linear. Other programs on the machine have no effect on it. */
public final class CpuTime {
    private CpuTime() {}

    /** Runs {@code work} and returns the processor time that the calling thread used for it. */
    public static Duration of(Runnable work) {
        long start = now();
        work.run();
        return Duration.ofNanos(now() - start);
    }

    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
