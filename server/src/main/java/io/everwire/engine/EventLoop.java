package io.everwire.engine;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;

/**
 * Runs tasks one at a time, in the order given. Implemented by hosts; called on any thread. An engine searches all its
 * event loops, so a host has a few for each processor, not one for each connection.
 *
 * <p>An event loop is a thread of the host, or a serial executor that borrows threads: then one thread at a time holds
 * it, and each task sees the effects of all earlier ones. Two objects never stand for the same thread.
 *
 * <p>{@link #execute} only queues the task, also on the event loop itself: no task runs inside another one. A thread
 * that wants to run a task never waits for the thread that holds the event loop.
 */
public interface EventLoop extends Executor {
    /** Returns whether the calling thread is this event loop, or holds it at the moment. */
    boolean inLoop();

    /**
     * Runs {@code task} on this thread when it has run its next tasks, and before another thread holds the event loop.
     * Called on the event loop. The default only queues it, which is enough if the event loop is always the same thread.
     */
    default void atTurnEnd(Runnable task) {
        execute(task);
    }

    /**
     * Runs {@code task} on the event loop after {@code delayMillis}, and not before. A delay of a second or more may be
     * some hundredths of a second longer, so that several timers expire together. The result serves only to cancel the
     * task, which is forgotten then.
     */
    Future<?> schedule(Runnable task, long delayMillis);
}
