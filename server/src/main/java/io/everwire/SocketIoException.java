package io.everwire;

/** What can go wrong between a server and its clients without being a mistake of the caller. */
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

    /** Without a stack trace. */
    SocketIoException(String message, boolean withoutTrace) {
        super(message, null, false, !withoutTrace);
    }
}
