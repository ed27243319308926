package io.everwire.servlet;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The timers of all strands of one host, with one thread that only queues due tasks. Any thread. */
final class StrandTimers {
    private final ScheduledThreadPoolExecutor executor;

    StrandTimers() {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "everwire-timers");
            thread.setDaemon(true);
            return thread;
        });
        // Most timers are timeouts that are cancelled: each would be kept until it is due.
        executor.setRemoveOnCancelPolicy(true);
    }

    /** Runs {@code task} on {@code strand} after {@code delayMillis}, also if this is closed. */
    Future<?> schedule(Strand strand, Runnable task, long delayMillis) {
        try {
            return executor.schedule(() -> strand.execute(task), delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            Executor later = CompletableFuture.delayedExecutor(delayMillis, TimeUnit.MILLISECONDS, Runnable::run);
            FutureTask<Void> due = new FutureTask<>(() -> strand.execute(task), null);
            later.execute(due);
            return due;
        }
    }

    /** Returns the number of timers that are not due. */
    int size() {
        return executor.getQueue().size();
    }

    /** Forgets the timers that are not due, and ends the thread. */
    void close() {
        executor.shutdownNow();
    }
}
