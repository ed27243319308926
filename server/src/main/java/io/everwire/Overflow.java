package io.everwire;

/** What becomes of an event for which a client has no room left: {@link ServerOptions.Builder#maxQueuedBytes} wait already. */
public enum Overflow {
    /** The client is closed: it has everything or it knows that it has not. */
    CLOSE,
    /**
     * The event is dropped and the client stays. Acks, and events that want one, are not dropped; a client that lets too many
     * of those pile up is closed.
     */
    DROP
}
