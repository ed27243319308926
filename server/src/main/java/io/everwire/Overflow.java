package io.everwire;

/** Says what happens to an event that does not fit into the queue of a client; see {@link ServerOptions.Builder#maxQueuedBytes}. */
public enum Overflow {
    /** Closes the client, so that it never misses an event without noticing. */
    CLOSE,
    /**
     * Drops the event and keeps the client. Acks and events that expect an ack are not dropped; a client with too many of those is
     * closed.
     */
    DROP
}
