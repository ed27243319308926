package io.everwire.core.dispatch;

import io.everwire.HandlerMode;
import io.everwire.engine.EngineSession;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The handler threads of one server: its own, those of the application, or none if handlers run on event loops. Any thread. */
public final class HandlerExecutors {
    /** Null if handlers run on event loops. */
    private final @Nullable Executor executor;

    /** The executor if it belongs to the server; null otherwise. */
    private final @Nullable ExecutorService owned;

    private final @Nullable BatchingExecutor batching;

    /** @param application the executor of the application, or null for one that the server owns */
    public HandlerExecutors(HandlerMode mode, @Nullable Executor application) {
        boolean mailboxes = mode == HandlerMode.MAILBOX;
        this.owned = mailboxes && application == null ? create() : null;
        Executor chosen = owned == null && mailboxes ? application : owned;
        this.executor = chosen;
        this.batching = chosen == null
                ? null
                : new BatchingExecutor(chosen, chosen == owned, chosen instanceof GrowingThreadPool);
    }

    /**
     * Returns a mailbox that runs on handler threads, or null if handlers run on event loops.
     *
     * @param session the session of the socket, or null for a mailbox of a namespace
     */
    public @Nullable Mailbox mailbox(@Nullable EngineSession session) {
        return batching == null ? null : new Mailbox(batching, session);
    }

    /** Runs a task that may block on a handler thread, in no order; on this thread if handlers run on event loops. */
    public void runOffLoop(Runnable task) {
        if (executor == null) {
            task.run();
            return;
        }
        try {
            executor.execute(task);
        } catch (RejectedExecutionException shutDown) {
            // As in mailboxes: a caller that waits for the task must not wait forever.
            task.run();
        }
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
