package io.everwire;

/**
 * The arguments of a client do not fit the types of a handler or a call. The client receives the message, which names the argument.
 * The cause says more and may name types of the application; texts of the client in it are sanitized for logs.
 */
public final class BadArgumentsException extends SocketIoException {
    private static final long serialVersionUID = 1L;

    /** @param message for the client */
    public BadArgumentsException(String message) {
        super(message);
    }

    /**
     * @param message for the client
     * @param cause for the log
     */
    public BadArgumentsException(String message, Throwable cause) {
        super(message, cause);
    }
}
