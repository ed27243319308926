package io.everwire.core.dispatch;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the queued input of disconnected clients, in bytes, for the whole server: no other limit counts it once a client is
 * disconnected. Any thread.
 */
public final class OrphanedInputLimit {
    private final int max;
    private final AtomicLong bytes = new AtomicLong();

    /** @param max in bytes */
    public OrphanedInputLimit(int max) {
        this.max = max;
    }

    /** Takes this many bytes, if they fit; returns whether they do. */
    boolean take(int count) {
        boolean fits = count == 0 || bytes.addAndGet(count) <= max;
        if (!fits) {
            release(count);
        }
        return fits;
    }

    /** Gives back bytes that were taken. */
    void release(int count) {
        if (count > 0) {
            bytes.addAndGet(-count);
        }
    }
}
