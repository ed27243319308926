package io.everwire;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What clients that have gone left for handlers that are behind, in bytes. Bounded for the whole server: who has gone is counted
 * nowhere else. Any thread.
 */
final class OrphanedInputLimit {
    private final int most;
    private final AtomicLong bytes = new AtomicLong();

    OrphanedInputLimit(int most) {
        this.most = most;
    }

    /** Whether there is room for so much; it is taken then. */
    boolean take(int more) {
        boolean fits = more == 0 || bytes.addAndGet(more) <= most;
        if (!fits) {
            release(more);
        }
        return fits;
    }

    /** So much of what was taken is handled. */
    void release(int less) {
        if (less > 0) {
            bytes.addAndGet(-less);
        }
    }
}
