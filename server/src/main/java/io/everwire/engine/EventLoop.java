package io.everwire.engine;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;

/**
 * A thread of the host that runs tasks one at a time, in the order given. Implemented by hosts; called on any thread.
 * Two objects never stand for the same thread.
 */
public interface EventLoop extends Executor {
    /** Returns whether the calling thread is this event loop. */
    boolean inLoop();

    /**
     * Runs {@code task} on the event loop after {@code delayMillis}, and not before. A delay of a second or more may be
     * some hundredths of a second longer, so that several timers expire together. The result serves only to cancel the
     * task, which is forgotten then.
     */
    Future<?> schedule(Runnable task, long delayMillis);
}
