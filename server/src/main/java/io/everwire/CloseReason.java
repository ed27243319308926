package io.everwire;

/**
 * The reason why a socket was disconnected. {@link #toString} is the text of the Node server (socket.io 4.8), which applications
 * compare with; it has the text {@code transport error} for several reasons. {@link #name} differs for each. Later releases may add
 * constants.
 */
public enum CloseReason {
    /** The connection was closed by the client or the network. */
    TRANSPORT_CLOSE("transport close"),
    /** The connection broke, or broke a rule of its transport. */
    TRANSPORT_ERROR("transport error"),
    /** The client was too slow: more than {@link ServerOptions.Builder#maxQueuedBytes} would be queued for it. */
    QUEUE_OVERFLOW("transport error"),
    /**
     * The server closed the client to free memory: a limit of all clients together was reached, such as {@link
     * LimitOptions.Builder#maxQueuedBytesTotal} or {@link LimitOptions.Builder#maxSessionBytesTotal}, or the client never used its
     * connection ({@link LimitOptions.Builder#unusedTimeout}). The log names the option.
     */
    EVICTED("transport error"),
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
