package io.everwire;

import io.everwire.adapter.ClusterState;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

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

    /**
     * Called as {@link #handled(String, String, Outcome, long)}, with more about the event. The default calls that method.
     *
     * @param nanos the time until the handlers returned, in nanoseconds; 0 if middleware refused the event
     */
    default void handled(HandledEvent event, Outcome outcome, long nanos) {
        handled(event.namespace(), event.event(), outcome, nanos);
    }

    /**
     * Called before the handlers of an event, on their thread.
     *
     * @return is closed when the handlers have returned, or null
     */
    default @Nullable EventScope handling(HandledEvent event) {
        return null;
    }

    /** Surrounds the handlers of one event, for example to trace what they do. */
    interface EventScope {
        /** Called when the handlers have returned, on their thread. */
        void close();

        /** Called when the stages that the handlers returned are done, too; after {@link #close}, on any thread. */
        void ended(Outcome outcome);
    }

    /** Called when a message of a WebSocket or the body of a request arrived, of {@code bytes} bytes. */
    default void received(String transport, long bytes) {}

    /** Called when a packet of {@code bytes} bytes was sent to one client. */
    default void sent(String transport, long bytes) {}

    /**
     * Called when a client answered a ping of the server. Not called for Engine.IO 3, whose clients ping, nor for clients of Engine.IO 4
     * that sent another packet between the ping and their answer.
     *
     * @param generation the wire generation, as in {@link #opened}
     * @param millis the time since the ping, in milliseconds
     */
    default void heartbeat(String generation, long millis) {}

    /**
     * Returns the receiver of the lag of event loops, or null, the default: then it is not measured. Called once, when the server is
     * created. The receiver is called about once a second for each event loop that serves connections, with the time that a task was
     * late, in nanoseconds. Handlers that block event loops make it long.
     */
    default @Nullable LongConsumer loopLag() {
        return null;
    }

    /** Called when a connection changed to another transport. */
    default void upgraded(String generation, String transport) {}

    /** Called when a socket joined a namespace; {@code group} is its {@link Namespace#group}. */
    default void joined(String group) {}

    /** Called when a socket left a namespace; once for each {@link #joined}. */
    default void left(String group) {}

    /** Called when a client asked to recover its socket; see {@link ServerOptions.Builder#connectionStateRecovery}. */
    default void recovery(boolean recovered) {}

    /** Called when a broadcast was passed to the sockets of this server; {@code group} is the {@link Namespace#group}. */
    default void broadcast(String group, int receivers) {}

    /** Outcome of a call of one socket. */
    enum CallOutcome {
        /** The client sent the ack. */
        ANSWERED,
        /** The client did not send the ack in time. */
        TIMEOUT,
        /** The socket was disconnected. */
        DISCONNECTED,
        /** The ack did not fit the type, or the client has no acks. */
        FAILED
    }

    /**
     * Called when a call of one socket ended; see {@link Socket#call(String, Class, Object...)}. Calls of several sockets do not count.
     *
     * @param group the {@link Namespace#group} of the socket
     * @param nanos the time since the call, in nanoseconds
     */
    default void called(String group, CallOutcome outcome, long nanos) {}
}
