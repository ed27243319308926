package io.everwire;

import org.jspecify.annotations.Nullable;

/**
 * The arguments of a client do not fit the types of a handler or a call. The client receives the message, which names the argument.
 * The cause says more and may name types of the application; texts of the client in it are sanitized for logs.
 */
public final class BadArgumentsException extends SocketIoException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // It becomes JSON; the exception is not sent in Java's own form.
    private final @Nullable Object data;

    /** @param message for the client */
    public BadArgumentsException(String message) {
        super(message);
        this.data = null;
    }

    /**
     * @param message for the client
     * @param cause for the log
     */
    public BadArgumentsException(String message, Throwable cause) {
        super(message, cause);
        this.data = null;
    }

    /**
     * Creates an exception that tells the client which arguments are wrong. A client that asked for an ack receives {@code
     * {"error":"bad_arguments","message":…,"data":…}} if {@link ServerOptions.Builder#errorAcks} has {@code BAD_ARGUMENTS} or {@code
     * REFUSED}, which is the default: the data is the application's own answer.
     *
     * @param message for the client
     * @param data for the client, such as a list of fields; written as JSON, without binary data
     */
    public BadArgumentsException(String message, Object data) {
        super(message, true);
        this.data = data;
    }

    /** Returns the data for the client, or null. */
    public @Nullable Object data() {
        return data;
    }
}
