package io.everwire;

/**
 * The arguments that a client sent are not those that a handler or a call wants. The message may be shown to the client, who
 * learns which argument it is; the cause says more, and names types of the application.
 */
public final class BadArgumentsException extends SocketIoException {
    private static final long serialVersionUID = 1L;

    BadArgumentsException(String message) {
        super(message);
    }

    BadArgumentsException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What is wrong, for those who may know. */
    String detail() {
        Throwable cause = getCause();
        return cause == null ? String.valueOf(getMessage()) : getMessage() + ": " + cause.getMessage();
    }
}
