package io.everwire;

import io.everwire.engine.LogSanitizer;
import io.everwire.engine.TaskQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits for the handlers of one socket. It borrows a thread of its executor while there is something to do, and works
 * off all there is: a burst costs one hand-over.
 */
sealed class Mailbox extends TaskQueue implements Runnable permits Dispatcher {
    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

    private final Executor executor;

    Mailbox(Executor executor) {
        this.executor = executor;
    }

    /** Has {@code task} run after all that was given before. Any thread. */
    void execute(Runnable task) {
        if (add(task)) {
            start();
        }
    }

    /** Runs {@code task} on this thread if nothing else waits or runs, otherwise as {@link #execute}; for what is ours and short. */
    void executeHere(Runnable task) {
        if (takeIfIdle()) {
            run(task);
            if (!release()) {
                start();
            }
        } else {
            execute(task);
        }
    }

    /** As {@link #execute}, but returns whether the caller must call {@link #start}; nothing runs until then. */
    boolean add(Runnable task) {
        return add(new Letter(task));
    }

    /** Has somebody work off what waits. */
    void start() {
        try {
            executor.execute(this);
        } catch (RejectedExecutionException e) {
            // The application has shut its executor down. Handlers must still hear that their socket is gone.
            log.warn("handlers run on the event loop: {}", LogSanitizer.of(e.getMessage()));
            run();
        }
    }

    @Override
    public void run() {
        do {
            for (Letter letter = (Letter) take(); letter != null; letter = (Letter) letter.next()) {
                run(letter.task);
            }
        } while (!release());
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            log.error("a handler failed", e);
        }
    }

    private static final class Letter extends TaskQueue.Link {
        private final Runnable task;

        Letter(Runnable task) {
            this.task = task;
        }
    }
}
