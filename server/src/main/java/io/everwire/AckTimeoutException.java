package io.everwire;

/** The client did not answer in time. A late answer is ignored. */
public final class AckTimeoutException extends SocketIoException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with the message of the Node server (socket.io 4.8). */
    public AckTimeoutException() {
        super("operation has timed out");
    }
}
