package io.everwire.engine;

import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Refusal;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Is notified about sessions, drops, evictions and queued bytes, for metrics. Called on any thread, often on an event
 * loop and by several threads at one time; implementations must not block or throw.
 */
public interface EngineObserver {
    /** A session was opened. Followed by one {@link #closed}. */
    default void opened(String generation) {}

    /** A session was closed. */
    default void closed(String generation, CloseReason reason) {}

    /** A packet for one client was dropped, alone or as part of a broadcast, at once or later in the session's turn. */
    default void dropped(DropCause cause) {}

    /**
     * A client was evicted to free memory.
     *
     * @param queuedBytes the bytes that were queued for it
     */
    default void evicted(long queuedBytes) {}

    /**
     * The number of bytes that are queued for clients that do not keep up has changed.
     *
     * @param delta the difference in bytes; negative if they are fewer
     */
    default void queued(long delta) {}

    /**
     * A client passed a limit.
     *
     * @param option the option that sets it
     */
    default void limitReached(String option) {}

    /** A message of a WebSocket or the body of a request arrived. */
    default void received(String transport, long bytes) {}

    /** A packet was passed to a session. */
    default void sent(String transport, long bytes) {}

    /**
     * A client answered a ping.
     *
     * @param millis the time since the ping
     */
    default void heartbeat(String generation, long millis) {}

    /**
     * Returns the receiver of the lag of event loops: of the time that a task was late, in nanoseconds. Null if nobody reads it; called
     * once.
     */
    default @Nullable LongConsumer loopLag() {
        return null;
    }

    /** A request was rejected. */
    default void refused(String generation, Refusal refusal) {}
}
