package io.everwire.engine;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Shows whether the event loops keep up with broadcasts: one broadcast at a time is measured until all event loops have
 * sent it. Any thread.
 */
final class BroadcastDelay {
    /** An event loop that needs longer for a broadcast is behind, in milliseconds. */
    static final long MAX_DELAY = 100;

    /** A broadcast that takes longer is lost with its event loop, in milliseconds. */
    private static final long LOST = 30_000;

    private final AtomicInteger loops;
    private final long startedAt;
    private final Runnable completed;

    /**
     * @param loops the number of event loops that are to send the broadcast
     * @param completed called by the last of them
     */
    BroadcastDelay(int loops, long startedAt, Runnable completed) {
        this.loops = new AtomicInteger(loops);
        this.startedAt = startedAt;
        this.completed = completed;
    }

    /** An event loop has sent the broadcast. */
    void sent() {
        if (loops.decrementAndGet() == 0) {
            completed.run();
        }
    }

    /** Returns whether an event loop has not sent it. */
    boolean isPending() {
        return loops.get() > 0;
    }

    /** Returns whether an event loop is behind. */
    boolean isLate(long now) {
        return isPending() && now - startedAt > MAX_DELAY && !isLost(now);
    }

    /** Returns whether another broadcast may be measured. */
    boolean isOver(long now) {
        return !isPending() || isLost(now);
    }

    private boolean isLost(long now) {
        return now - startedAt > LOST;
    }
}
