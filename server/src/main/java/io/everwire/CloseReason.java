package io.everwire;

/**
 * The reason why a socket was disconnected. The texts are those of the Node server (socket.io 4.8), which applications compare
 * with. Later releases may add constants.
 */
public enum CloseReason {
    /** The connection was closed by the client or the network. */
    TRANSPORT_CLOSE("transport close"),
    /** The connection broke, broke a rule of its transport, or was too slow: see {@link DropReason#closesClient}. */
    TRANSPORT_ERROR("transport error"),
    /** The client did not answer a heartbeat in time. */
    PING_TIMEOUT("ping timeout"),
    /** The client sent something that cannot be parsed. */
    PARSE_ERROR("parse error"),
    /** The server closed the connection. */
    FORCED_CLOSE("forced close"),
    /** The server closed the connection because the client broke a rule of the protocol or joined no namespace in time. */
    FORCED_SERVER_CLOSE("forced server close"),
    /** The client left the namespace. */
    CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect"),
    /** The application disconnected the socket. */
    SERVER_NAMESPACE_DISCONNECT("server namespace disconnect"),
    /** The server is closing. */
    SERVER_SHUTTING_DOWN("server shutting down");

    private final String text;

    CloseReason(String text) {
        this.text = text;
    }

    /** Returns the text of the Node server, for example {@code transport close}. */
    @Override
    public String toString() {
        return text;
    }
}
