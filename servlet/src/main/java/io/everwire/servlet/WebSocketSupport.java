package io.everwire.servlet;

/** The ways in which a {@link SocketIoFilter} serves WebSockets. */
public enum WebSocketSupport {
    /** In Tomcat as {@link #TOMCAT}, in other containers as {@link #JAKARTA}. */
    AUTO,
    /**
     * With the frames of Everwire on Tomcat's connections: cheaper in time and memory, all versions of the protocol, and the server's own
     * compression. Uses an interface that is public in Tomcat's code but not a part of its documented API.
     */
    TOMCAT,
    /** With Jakarta WebSocket, which every container has. */
    JAKARTA
}
