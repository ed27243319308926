package io.everwire;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads for handlers on JDKs without virtual ones. A few, as long as they get on with what there is to do; more when all
 * of them wait for something, so that who waits does not hold up the others.
 */
final class GrowingThreadPool extends ThreadPoolExecutor {
    /** Enough that some handlers may wait, few enough to cost little. */
    static final int USUAL = 64;

    /** Each waiting handler holds a thread, with its stack of up to 1 MiB; beyond this, tasks wait for a thread. */
    static final int MOST = 1_000;

    private static final long IDLE_SECONDS = 10;

    /** No task was begun for so long though some were there: then all threads wait. */
    private static final long STUCK_MILLIS = 10;

    private static final Executor LATER =
            CompletableFuture.delayedExecutor(STUCK_MILLIS, TimeUnit.MILLISECONDS, Runnable::run);

    private final AtomicLong begun = new AtomicLong();
    private final AtomicBoolean watched = new AtomicBoolean();

    /** The queue holds at most one task for each socket. */
    GrowingThreadPool() {
        super(USUAL, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), GrowingThreadPool::thread);
        allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable task) {
        super.execute(task);
        watchOver();
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {
        begun.incrementAndGet();
    }

    /** Looks from time to time as long as tasks wait for a thread. */
    private void watchOver() {
        if (!getQueue().isEmpty() && watched.compareAndSet(false, true)) {
            lookAfter(begun.get());
        }
    }

    private void lookAfter(long before) {
        LATER.execute(() -> look(before));
    }

    /** Runs on a thread of the JDK that belongs to everybody: what takes time is done elsewhere. */
    private void look(long before) {
        int waiting = getQueue().size();
        long now = begun.get();
        if (waiting == 0) {
            // Those that are too many end when they are idle.
            setCorePoolSize(USUAL);
            watched.set(false);
            watchOver();
        } else if (now != before || getPoolSize() == MOST) {
            lookAfter(now);
        } else {
            thread(() -> grow(waiting)).start();
        }
    }

    private void grow(int waiting) {
        // Starts them at once.
        setCorePoolSize(Math.min(MOST, getPoolSize() + waiting));
        lookAfter(begun.get());
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "everwire-handler");
        thread.setDaemon(true);
        return thread;
    }
}
