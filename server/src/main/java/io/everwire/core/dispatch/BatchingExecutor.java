package io.everwire.core.dispatch;

import io.everwire.engine.EventLoop;
import io.everwire.engine.RateLimitedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Hands tasks to handler threads in batches: all tasks of one turn of an event loop together, when the turn ends. To wake a thread for
 * each task costs more than most handlers do (benchmarks {@code polling} and {@code connect}). Any thread may call it.
 */
final class BatchingExecutor {
    private static final RateLimitedLog onLoop = new RateLimitedLog(BatchingExecutor.class);

    /**
     * A batch of this size is handed over before the turn ends, because other CPUs may be idle: the loop read it in less than a
     * millisecond. On one CPU each hand-over is two thread switches (benchmark {@code echo}: 16 cost 0.13 switches a message, 64 cost
     * 0.06).
     */
    private static final int MAX_BATCH = 64;

    private final Executor executor;
    private final boolean batching;
    private final boolean countsTasks;
    private final ThreadLocal<Batch> batches = ThreadLocal.withInitial(Batch::new);

    /**
     * @param executor runs the tasks
     * @param batching whether to batch: only if the executor runs each task on a thread of its own, or on one that blocked tasks do not
     *     delay
     * @param countsTasks whether the executor counts queued tasks, and so must be given each of them
     */
    BatchingExecutor(Executor executor, boolean batching, boolean countsTasks) {
        this.executor = executor;
        this.batching = batching;
        this.countsTasks = countsTasks;
    }

    /**
     * Runs {@code task} on a handler thread: at once, or at the end of the turn if this is the thread of {@code loop}.
     *
     * @param loop null to run the task at once
     * @throws RejectedExecutionException if the executor was shut down; in a batch the task runs on the event loop instead
     */
    void execute(Runnable task, @Nullable EventLoop loop) {
        if (batching && loop != null && loop.inLoop()) {
            batches.get().add(task, loop);
        } else {
            executor.execute(task);
        }
    }

    /** Wakes one thread only; it starts further threads if they are needed. */
    private void start(List<Runnable> tasks) {
        if (tasks.size() == 1) {
            start(tasks.get(0));
        } else {
            start(countsTasks ? () -> tasks.forEach(this::start) : new Workers(tasks));
        }
    }

    private void start(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException shutDown) {
            onLoop.warn("handlers run on the event loop: {}", shutDown.getMessage());
            task.run();
        }
    }

    /**
     * Runs a batch of tasks on as few threads as possible: each worker starts the next one before it runs a task, so that a blocking
     * task delays no other. A worker that finds no task ends at once. If no task blocks, two threads run the whole batch (benchmark
     * {@code echo}).
     */
    private final class Workers implements Runnable {
        private final List<Runnable> tasks;
        private final AtomicInteger started = new AtomicInteger();

        Workers(List<Runnable> tasks) {
            this.tasks = tasks;
        }

        @Override
        public void run() {
            int index = started.getAndIncrement();
            if (index + 1 < tasks.size()) {
                start(this);
            }
            for (; index < tasks.size(); index = started.getAndIncrement()) {
                tasks.get(index).run();
            }
        }
    }

    /** The tasks of this thread in the turn of an event loop since the last hand-over. Used by this thread only. */
    private final class Batch implements Runnable {
        private List<Runnable> tasks = new ArrayList<>();
        private boolean scheduled;

        void add(Runnable task, EventLoop loop) {
            tasks.add(task);
            if (tasks.size() == MAX_BATCH) {
                handOver();
            } else if (!scheduled) {
                scheduled = true;
                loop.atTurnEnd(this);
            }
        }

        @Override
        public void run() {
            scheduled = false;
            if (!tasks.isEmpty()) {
                handOver();
            }
        }

        private void handOver() {
            List<Runnable> batch = tasks;
            tasks = new ArrayList<>();
            start(batch);
        }
    }
}
