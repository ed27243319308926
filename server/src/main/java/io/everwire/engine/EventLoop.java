package io.everwire.engine;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;

/**
 * A thread of the host, or something that behaves like one: tasks run one at a time in the order given. Implemented by
 * hosts; called from any thread.
 */
public interface EventLoop extends Executor {
    /** Whether the calling thread is this loop's. */
    boolean inLoop();

    /**
     * Runs {@code task} on the loop after {@code delayMillis}, and not before; where that is a second or more, it may be some
     * hundredths of a second late, so that timers go off together. The result is only there to be cancelled, which forgets it.
     */
    Future<?> schedule(Runnable task, long delayMillis);
}
