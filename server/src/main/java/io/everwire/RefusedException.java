package io.everwire;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by middleware to refuse a socket or an event: the client is told the message and the data. Carries no stack trace,
 * because it tells of the client and not of our code.
 */
public final class RefusedException extends SocketIoException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // whatever becomes JSON; exceptions are not sent about in Java's own form
    private final @Nullable Object data;

    /** @param message for the client: what its {@code connect_error} listener finds in {@code err.message} */
    public RefusedException(String message) {
        this(message, null);
    }

    /**
     * @param message for the client: what its {@code connect_error} listener finds in {@code err.message}
     * @param data for the client, in {@code err.data}: becomes JSON, without binary data; left out if null
     */
    public RefusedException(String message, @Nullable Object data) {
        super(message, true);
        this.data = data;
    }

    /** What the client is told beside the message, or null. */
    public @Nullable Object data() {
        return data;
    }
}
