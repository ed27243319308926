package io.everwire.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Reports that the peer violated the protocol. Thrown while data of a peer is read or awaited, and caught at the edge of its
 * session, which is closed with {@link #reason()}.
 *
 * <p>It never reaches another session. It has no stack trace: its cause is in the peer's bytes, not in this code.
 */
public final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final CloseReason reason;

    private final transient @Nullable ReachedLimit limit;

    /**
     * Creates the exception.
     *
     * @param message the violation in a few words, without any data of the peer
     */
    public ProtocolException(CloseReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
        this.limit = null;
    }

    /** Creates the exception of a peer that passed a limit. */
    public ProtocolException(CloseReason reason, ReachedLimit limit) {
        super(limit.toString(), null, false, false);
        this.reason = reason;
        this.limit = limit;
    }

    /** Returns the reason that the session is closed with. */
    public CloseReason reason() {
        return reason;
    }

    /** Returns the limit that the peer passed, or null if it violated another rule. */
    public @Nullable ReachedLimit limit() {
        return limit;
    }
}
