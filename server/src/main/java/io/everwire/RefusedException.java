package io.everwire;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by middleware to refuse a socket, an event or a request. The client receives the message and the data. It has no stack trace,
 * because it is about the client, not about the code.
 */
public final class RefusedException extends SocketIoException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // It becomes JSON; the exception is not sent in Java's own form.
    private final @Nullable Object data;

    /** @param message for the client: its {@code connect_error} listener finds it in {@code err.message} */
    public RefusedException(String message) {
        this(message, null);
    }

    /**
     * @param message for the client: its {@code connect_error} listener finds it in {@code err.message}
     * @param data for the client, in {@code err.data}; written as JSON, without binary data; left out if null
     */
    public RefusedException(String message, @Nullable Object data) {
        super(message, true);
        this.data = data;
    }

    /** Returns the data for the client, or null. */
    public @Nullable Object data() {
        return data;
    }
}
