package io.everwire.core.dispatch;

import io.everwire.HandlerMode;
import io.everwire.engine.EngineSession;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The handler threads of one server: its own, or those of the application. Any thread. */
public final class HandlerExecutors {
    private final HandlerMode mode;
    private final Executor executor;

    /** The executor if it belongs to the server; null otherwise. It has no thread before its first task. */
    private final @Nullable ExecutorService owned;

    private final BatchingExecutor batching;

    /**
     * @param mode the mode of the server; namespaces may have others
     * @param application the executor of the application, or null for one that the server owns
     */
    public HandlerExecutors(HandlerMode mode, @Nullable Executor application) {
        ExecutorService created = application == null ? create() : null;
        Executor chosen = created == null ? Objects.requireNonNull(application) : created;
        this.mode = mode;
        this.owned = created;
        this.executor = chosen;
        this.batching = new BatchingExecutor(chosen, created != null, chosen instanceof GrowingThreadPool);
    }

    /** Returns the handler threads, in each mode. */
    public Executor threads() {
        return executor;
    }

    /** Returns the mailbox of a namespace, or null if handlers of the server run on event loops. */
    public @Nullable Mailbox mailbox() {
        return mode == HandlerMode.EVENT_LOOP ? null : new Mailbox(batching, null);
    }

    /**
     * Returns the mailbox of a socket, or null if its handlers run on the event loop.
     *
     * @param chosen the mode of the namespace
     */
    public @Nullable Mailbox mailbox(HandlerMode chosen, EngineSession session) {
        return chosen == HandlerMode.EVENT_LOOP ? null : new Mailbox(batching, session);
    }

    /** Runs a task that may block on a handler thread, in no order; on this thread if handlers of the server run on event loops. */
    public void runOffLoop(Runnable task) {
        if (mode == HandlerMode.EVENT_LOOP) {
            task.run();
        } else {
            runOnThread(task);
        }
    }

    /** Runs a task that may block on a handler thread, in no order and in each mode. */
    public void runOnThread(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException shutDown) {
            // As in mailboxes: a caller that waits for the task must not wait forever.
            task.run();
        }
    }

    /** Returns whether handlers run on event loops: there are no handler threads then. */
    public boolean runsOnLoops() {
        return executor == null;
    }

    /** Shuts the executor down if it belongs to the server. */
    public void shutdown() {
        if (owned != null) {
            owned.shutdown();
        }
    }

    /** Returns virtual threads where the JDK has them (21), else a pool. */
    static ExecutorService create() {
        try {
            MethodHandle virtual = MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class));
            return (ExecutorService) virtual.invoke();
        } catch (NoSuchMethodException older) {
            return pool();
        } catch (Throwable impossible) {
            throw new AssertionError("virtual threads exist but cannot be used", impossible);
        }
    }

    static ExecutorService pool() {
        return new GrowingThreadPool();
    }
}
