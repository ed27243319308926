package io.everwire;

import io.everwire.engine.LogText;
import io.everwire.engine.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands over to handler threads what becomes due in one turn of a loop, all of it when the turn ends: to wake a thread for each
 * costs more than most handlers do (benchmarks {@code polling} and {@code connect}). Any thread may call it.
 */
final class Handovers {
    private static final Logger log = LoggerFactory.getLogger(Handovers.class);

    /** So many do not wait for the end of the turn, for other CPUs may have nothing to do. */
    private static final int MOST = 16;

    private final Executor executor;
    private final ThreadLocal<Batch> batches = ThreadLocal.withInitial(Batch::new);

    /** @param executor runs each task on a thread of its own, or on one that is not held up by others */
    Handovers(Executor executor) {
        this.executor = executor;
    }

    /**
     * Has {@code task} run on a handler thread: now, or soon if this is the thread of {@code loop}.
     *
     * @throws RejectedExecutionException if there are no handler threads any more; on the loop it then runs there
     */
    void execute(Runnable task, Loop loop) {
        if (loop.inLoop()) {
            batches.get().add(task, loop);
        } else {
            executor.execute(task);
        }
    }

    /** Each for itself, so that one that waits holds up no other; but woken by one who is awake already. */
    private void start(List<Runnable> tasks) {
        try {
            executor.execute(tasks.size() == 1 ? tasks.get(0) : () -> tasks.forEach(this::start));
        } catch (RejectedExecutionException e) {
            log.warn("handlers run on the event loop: {}", LogText.of(e.getMessage()));
            tasks.forEach(Runnable::run);
        }
    }

    private void start(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException shutDown) {
            task.run();
        }
    }

    /** What became due on one thread since it last handed over. */
    private final class Batch implements Runnable {
        private List<Runnable> tasks = new ArrayList<>();
        private boolean awaited;

        void add(Runnable task, Loop loop) {
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
