package io.everwire;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads for handlers on JDKs without virtual ones. A few, as long as they get on with what there is to do; more when all
 * of them wait for something, so that who waits does not hold up the others.
 */
final class HandlerPool extends ThreadPoolExecutor {
    /** Enough that some handlers may wait, few enough to cost little. */
    static final int USUAL = 64;

    /** Each waiting handler holds a thread, with its stack of up to 1 MiB; beyond this, tasks wait for a thread. */
    static final int MOST = 1_000;

    private static final long IDLE_SECONDS = 10;

    /** No task was begun for so long though some were there: then all threads wait. */
    private static final long STUCK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final AtomicLong begun = new AtomicLong();
    private final AtomicBoolean watched = new AtomicBoolean();

    /** The queue holds at most one task for each socket. */
    HandlerPool() {
        super(USUAL, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), HandlerPool::thread);
        allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable task) {
        super.execute(task);
        if (!getQueue().isEmpty() && watched.compareAndSet(false, true)) {
            thread(this::watch).start();
        }
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {
        begun.incrementAndGet();
    }

    /** Lives as long as tasks wait for a thread. */
    private void watch() {
        do {
            while (!getQueue().isEmpty()) {
                long before = begun.get();
                LockSupport.parkNanos(STUCK_NANOS);
                int waiting = getQueue().size();
                if (begun.get() == before && waiting > 0) {
                    // Starts as many threads at once; they end when they have been idle for a while.
                    setCorePoolSize(Math.min(MOST, getPoolSize() + waiting));
                }
            }
            setCorePoolSize(USUAL);
            watched.set(false);
        } while (!getQueue().isEmpty() && watched.compareAndSet(false, true));
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "everwire-handler");
        thread.setDaemon(true);
        return thread;
    }
}
