package io.everwire.protocol;

/**
 * The reason for the end of a session or a socket. The texts are those of the Node server (socket.io 4.8), because
 * applications compare with them. That server says {@code transport error} for several reasons.
 */
public enum CloseReason {
    /** The connection was closed by the other side or the network. */
    TRANSPORT_CLOSE("transport close"),
    /** The connection broke, or was used against its rules. */
    TRANSPORT_ERROR("transport error"),
    /** The peer did not take its queued data, and more than {@link SessionOptions#maxQueued} would be queued. */
    QUEUE_OVERFLOW("transport error"),
    /** The server closed the session to free memory. */
    EVICTED("transport error"),
    /** The peer did not answer a heartbeat in time. */
    PING_TIMEOUT("ping timeout"),
    /** The peer sent data that cannot be parsed. */
    PARSE_ERROR("parse error"),
    /** The server closed the session. */
    FORCED_CLOSE("forced close"),
    /** The server closed the session because the peer violated the protocol, or joined no namespace in time. */
    FORCED_SERVER_CLOSE("forced server close"),
    /** The client left the namespace. */
    CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect"),
    /** The application disconnected the socket. */
    SERVER_NAMESPACE_DISCONNECT("server namespace disconnect"),
    /** The server is being closed. */
    SERVER_SHUTTING_DOWN("server shutting down");

    private final String text;

    CloseReason(String text) {
        this.text = text;
    }

    /** Returns the text that handlers of {@code disconnect} receive. */
    @Override
    public String toString() {
        return text;
    }
}
