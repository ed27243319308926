package io.everwire;

import io.everwire.adapter.ClusterState;

/**
 * Receives what a server does, for metrics. Set by {@link ServerOptions.Builder#observer}.
 *
 * <p>Methods are called on any thread, several at a time, also on the event loop: they must be short and must not block. An exception
 * of an observer is logged and changes nothing else. Generations and namespaces are bounded in number; names of events come from
 * clients, so do not use them as a label without a list of known names.
 */
public interface ServerObserver {
    /** Outcome of handling one event. */
    enum Outcome {
        /** All handlers returned. A stage that a handler returned may still fail. */
        SUCCESS,
        /** No handler is registered for the event. */
        UNHANDLED,
        /** Middleware or a handler threw {@link RefusedException}. */
        REFUSED,
        /** The arguments did not fit the types of a handler. */
        BAD_ARGUMENTS,
        /** Middleware or a handler failed. */
        FAILED
    }

    /**
     * Called when a connection was opened.
     *
     * @param generation the wire generation: {@code gen0}, {@code gen1}, {@code eio3} or {@code eio4}
     */
    default void opened(String generation) {}

    /** Called when a connection was closed; once for each {@link #opened}. */
    default void closed(String generation, CloseReason reason) {}

    /** Called when a request was rejected before a connection was opened. */
    default void refused(String generation, Refusal refusal) {}

    /** Called when a packet for one client was dropped. */
    default void dropped(DropReason reason) {}

    /**
     * Called when the server closes a slow client to free memory; see {@link LimitOptions.Builder#maxQueuedBytesTotal}.
     *
     * @param queuedBytes the bytes that were queued for the client
     */
    default void evicted(long queuedBytes) {}

    /**
     * Called when the number of bytes queued for slow clients changed by a kilobyte or more.
     *
     * @param delta the change in bytes; the sum of all calls is the number queued now
     */
    default void queued(long delta) {}

    /**
     * Called when a client passed a limit: a packet, a join or a request was rejected, or the client was closed. The log has the
     * limit and the value.
     *
     * @param option the name of the option that sets the limit, such as {@code maxNamespaces}
     */
    default void limitReached(String option) {}

    /** Called when the state of the connection to the other servers of a cluster changed. */
    default void clusterChanged(ClusterState state) {}

    /**
     * Called when the handlers of an event have returned, and the stages that they returned are done.
     *
     * @param namespace the name of the namespace, with its leading slash
     * @param event the name of the event, chosen by the client
     * @param nanos the time until the handlers returned, in nanoseconds; 0 if middleware refused the event
     */
    default void handled(String namespace, String event, Outcome outcome, long nanos) {}
}
