package io.everwire.core.dispatch;

import io.everwire.engine.EngineSession;
import io.everwire.engine.RateLimitedLog;
import io.everwire.engine.TaskQueue;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of one socket one at a time, in order. It borrows a thread of its executor while it has tasks, and runs all of them: a
 * burst needs one hand-over. Any thread may add tasks.
 */
public final class Mailbox extends TaskQueue implements Runnable {
    private static final RateLimitedLog onLoop = new RateLimitedLog(Mailbox.class);
    private static final RateLimitedLog failed = new RateLimitedLog(Mailbox.class);

    private final BatchingExecutor executor;

    /** The session of the socket, whose event loop hands tasks over in batches; null for a mailbox of a namespace. */
    private final @Nullable EngineSession session;

    /** @param executor runs the mailbox while it has tasks */
    Mailbox(BatchingExecutor executor, @Nullable EngineSession session) {
        this.executor = executor;
        this.session = session;
    }

    /** Runs {@code task} after all earlier ones. */
    public void execute(Runnable task) {
        if (add(task)) {
            start();
        }
    }

    /**
     * Runs {@code task} on this thread if no task is queued or running, else as {@link #execute}. Only for short tasks of the server
     * itself, which need no handler thread.
     */
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

    /** Adds {@code task}; returns whether the caller must call {@link #start}. No task runs before that. */
    boolean add(Runnable task) {
        return add(new MailboxTask(task));
    }

    /** Hands the mailbox to its executor. */
    void start() {
        try {
            executor.execute(this, session == null ? null : session.loop());
        } catch (RejectedExecutionException e) {
            // The application has shut its executor down. Listeners of disconnected sockets must still be called.
            onLoop.warn("handlers run on the event loop: {}", e.getMessage());
            run();
        }
    }

    @Override
    public void run() {
        do {
            for (MailboxTask next = (MailboxTask) take(); next != null; next = (MailboxTask) next.next()) {
                run(next.task);
            }
        } while (!release());
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            failed.error(e, "a handler failed");
        }
    }

    private static final class MailboxTask extends TaskQueue.Link {
        private final Runnable task;

        MailboxTask(Runnable task) {
            this.task = task;
        }
    }
}
