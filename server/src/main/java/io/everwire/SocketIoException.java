package io.everwire;

/** A failure between a server and its clients that is not a mistake of the caller. */
public sealed class SocketIoException extends RuntimeException
        permits AckTimeoutException,
                AcksUnsupportedException,
                BadArgumentsException,
                DisconnectedException,
                HttpRefusedException,
                RefusedException {
    private static final long serialVersionUID = 1L;

    SocketIoException(String message) {
        super(message);
    }

    SocketIoException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Creates an exception without a stack trace. */
    SocketIoException(String message, boolean withoutTrace) {
        super(message, null, false, !withoutTrace);
    }
}
