package io.everwire;

/** The socket is not connected any more, so the answer will not come. */
public final class DisconnectedException extends SocketIoException {
    private static final long serialVersionUID = 1L;

    DisconnectedException() {
        super("the socket is disconnected");
    }
}
