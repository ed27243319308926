package io.everwire.protocol;

/**
 * Reports that the peer violated the protocol. Thrown while data of a peer is read, and caught at the edge of its
 * session, which is closed with {@link #reason()}.
 *
 * <p>It never reaches another session. It has no stack trace: its cause is in the peer's bytes, not in this code.
 */
public final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final CloseReason reason;

    /**
     * Creates the exception.
     *
     * @param message the violation in a few words, without any data of the peer
     */
    public ProtocolException(CloseReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** Returns the reason that the session is closed with. */
    public CloseReason reason() {
        return reason;
    }
}
