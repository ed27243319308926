package io.everwire.core.dispatch;

import io.everwire.engine.RateLimitedLog;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The thread pool of handlers on JDKs without virtual threads. It has few threads while they make progress, and more when all of them
 * are blocked, so that blocked handlers do not delay the others.
 */
final class GrowingThreadPool extends ThreadPoolExecutor {
    private static final RateLimitedLog blocked = new RateLimitedLog(GrowingThreadPool.class);

    /** Enough for some blocked handlers, few enough to be cheap. */
    static final int CORE = 64;

    /** A blocked handler occupies a thread with a stack of up to 1 MiB; beyond this number, tasks wait for a thread. */
    static final int MAX = 1_000;

    private static final long IDLE_SECONDS = 10;

    /** If no queued task was started for so long, all threads are blocked. */
    private static final long STUCK_MILLIS = 10;

    private static final Executor DELAYED =
            CompletableFuture.delayedExecutor(STUCK_MILLIS, TimeUnit.MILLISECONDS, Runnable::run);

    private final AtomicLong started = new AtomicLong();
    private final AtomicBoolean checking = new AtomicBoolean();

    /** Creates a pool. Its queue is not limited, but each socket adds one task at most. */
    GrowingThreadPool() {
        super(CORE, MAX, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), GrowingThreadPool::thread);
        allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable task) {
        super.execute(task);
        startChecking();
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {
        started.incrementAndGet();
    }

    /** Checks for progress from time to time while tasks are queued. */
    private void startChecking() {
        if (!getQueue().isEmpty() && checking.compareAndSet(false, true)) {
            checkLater(started.get());
        }
    }

    private void checkLater(long before) {
        DELAYED.execute(() -> check(before));
    }

    /** Runs on a shared thread of the JDK, so it starts another thread for slow work. */
    private void check(long before) {
        int queued = getQueue().size();
        long now = started.get();
        if (queued == 0) {
            // Surplus threads end when they are idle.
            setCorePoolSize(CORE);
            checking.set(false);
            startChecking();
        } else if (now != before || getPoolSize() == MAX) {
            if (now == before) {
                blocked.warn("all {} handler threads are blocked, and {} sockets wait for one", MAX, queued);
            }
            checkLater(now);
        } else {
            thread(() -> grow(queued)).start();
        }
    }

    private void grow(int queued) {
        // Starts the threads at once.
        setCorePoolSize(Math.min(MAX, getPoolSize() + queued));
        checkLater(started.get());
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "everwire-handler");
        thread.setDaemon(true);
        return thread;
    }
}
