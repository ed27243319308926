package io.everwire;

/**
 * An event that a server handles, for {@link ServerObserver}. Immutable.
 *
 * @param namespace the name of the namespace; clients choose the names of dynamic namespaces
 * @param group the {@link Namespace#group}, which clients cannot choose
 * @param socketId the id of the socket that sent it
 * @param handshake the handshake of this socket
 * @param event the name of the event, chosen by the client
 * @param registered whether a handler is registered for this name
 * @param waitNanos the time from the arrival of the event to its handlers, in nanoseconds
 */
public record HandledEvent(
        String namespace,
        String group,
        String socketId,
        Handshake handshake,
        String event,
        boolean registered,
        long waitNanos) {
    /** The name of events without a handler in metrics. */
    public static final String OTHER = "other";

    /** Returns the name of the event if a handler is registered for it, else {@link #OTHER}: clients cannot choose it. */
    public String knownEvent() {
        return registered ? event : OTHER;
    }
}
