package io.everwire;

/** The arguments that a client sent are not those that a handler or a call wants. The message may be shown to the client. */
public final class BadArgumentsException extends SocketIoException {
    private static final long serialVersionUID = 1L;

    BadArgumentsException(String message) {
        super(message);
    }

    BadArgumentsException(String message, Throwable cause) {
        super(message, cause);
    }
}
