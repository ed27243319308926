package io.everwire.protocol;

/**
 * The peer broke the rules. Thrown while something a peer sent is being read; caught at the edge of its session, which is
 * closed with {@link #reason()}. Never crosses into another session, and carries no stack trace: it tells of the peer's
 * bytes, not of our code.
 */
public final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final CloseReason reason;

    /** @param message what was wrong, in few words, without anything the peer sent */
    public ProtocolException(CloseReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** What the session is closed with. */
    public CloseReason reason() {
        return reason;
    }
}
