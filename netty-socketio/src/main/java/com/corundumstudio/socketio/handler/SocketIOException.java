package com.corundumstudio.socketio.handler;

/** Thrown when an annotated listener failed. */
public class SocketIOException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a message and a cause. */
    public SocketIOException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Creates an exception with a message. */
    public SocketIOException(String message) {
        super(message);
    }

    /** Creates an exception with a cause. */
    public SocketIOException(Throwable cause) {
        super(cause);
    }
}
