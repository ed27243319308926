package io.everwire;

import io.everwire.engine.EventLoop;
import io.everwire.engine.LogSanitizer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands over to handler threads what becomes due in one turn of a loop, all of it when the turn ends: to wake a thread for each
 * costs more than most handlers do (benchmarks {@code polling} and {@code connect}). Any thread may call it.
 */
final class BatchingExecutor {
    private static final Logger log = LoggerFactory.getLogger(BatchingExecutor.class);

    /**
     * So many do not wait for the end of the turn, for other CPUs may have nothing to do: they were read in less than a millisecond.
     * On one CPU each wake-up is two changes of threads (benchmark {@code echo}: 16 cost 0.13 of them for each message, 64 cost 0.06).
     */
    private static final int MOST = 64;

    private final Executor executor;
    private final boolean lookedAfter;
    private final ThreadLocal<Batch> batches = ThreadLocal.withInitial(Batch::new);

    /**
     * One for these threads.
     *
     * @param executor runs each task on a thread of its own, or on one that is not held up by others
     * @param lookedAfter whether it counts the tasks that wait, and so wants to be given each of them
     */
    BatchingExecutor(Executor executor, boolean lookedAfter) {
        this.executor = executor;
        this.lookedAfter = lookedAfter;
    }

    /**
     * Has {@code task} run on a handler thread: now, or soon if this is the thread of {@code loop}.
     *
     * @throws RejectedExecutionException if there are no handler threads any more; on the loop it then runs there
     */
    void execute(Runnable task, EventLoop loop) {
        if (loop.inLoop()) {
            batches.get().add(task, loop);
        } else {
            executor.execute(task);
        }
    }

    /** Only one thread is woken from here; it starts whatever others there are to be. */
    private void start(List<Runnable> tasks) {
        if (tasks.size() == 1) {
            start(tasks.get(0));
        } else {
            start(lookedAfter ? () -> tasks.forEach(this::start) : new Crew(tasks));
        }
    }

    private void start(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException shutDown) {
            log.warn("handlers run on the event loop: {}", LogSanitizer.of(shutDown.getMessage()));
            task.run();
        }
    }

    /**
     * Several tasks, each at once with the others if it must be: whoever begins one has another thread started first, which goes on
     * with the next if this one has to wait, and ends at once if all were begun by then. Where nobody waits, two threads do the work
     * of all (benchmark {@code echo}).
     */
    private final class Crew implements Runnable {
        private final List<Runnable> tasks;
        private final AtomicInteger begun = new AtomicInteger();

        Crew(List<Runnable> tasks) {
            this.tasks = tasks;
        }

        @Override
        public void run() {
            int mine = begun.getAndIncrement();
            if (mine + 1 < tasks.size()) {
                start(this);
            }
            for (; mine < tasks.size(); mine = begun.getAndIncrement()) {
                tasks.get(mine).run();
            }
        }
    }

    /** What became due on one thread since it last handed over. */
    private final class Batch implements Runnable {
        private List<Runnable> tasks = new ArrayList<>();
        private boolean awaited;

        void add(Runnable task, EventLoop loop) {
            tasks.add(task);
            if (tasks.size() == MOST) {
                handOver();
            } else if (!awaited) {
                awaited = true;
                loop.execute(this);
            }
        }

        @Override
        public void run() {
            awaited = false;
            if (!tasks.isEmpty()) {
                handOver();
            }
        }

        private void handOver() {
            List<Runnable> due = tasks;
            tasks = new ArrayList<>();
            start(due);
        }
    }
}
