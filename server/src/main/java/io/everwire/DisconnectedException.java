package io.everwire;

/** The socket is disconnected, so no answer will come. */
public final class DisconnectedException extends SocketIoException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception. */
    public DisconnectedException() {
        super("the socket is disconnected");
    }
}
