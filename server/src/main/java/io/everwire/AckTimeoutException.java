package io.everwire;

/** The client did not answer in time. A late answer is ignored. */
public final class AckTimeoutException extends SocketIoException {
    private static final long serialVersionUID = 1L;

    AckTimeoutException() {
        // the Node server's words
        super("operation has timed out");
    }
}
