package io.everwire;

/** What became of something emitted to one socket. */
public enum EmitResult {
    /** It is on its way. Whether it arrives, only an ack tells; what is volatile may still be dropped. */
    ACCEPTED,
    /**
     * Nothing was sent: it is volatile and the client takes nothing at the moment, or too much waits for it already. Unless its
     * namespace drops what does not fit ({@link Overflow#DROP}), the client is closed for the latter.
     */
    DROPPED,
    /** Nothing was sent: the socket is not connected. If its client may still come back, it will be given what is not volatile. */
    DISCONNECTED
}
