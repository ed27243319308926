package io.everwire.servlet;

/** The ways in which a {@link SocketIoFilter} serves WebSockets. */
public enum WebSocketSupport {
    /**
     * In Tomcat as {@link #TOMCAT}, and in Jetty in the same way; in other containers as {@link #JAKARTA}. Jetty hides its classes from an
     * application in a WAR, which has {@link #JAKARTA} then, too.
     */
    AUTO,
    /**
     * With the frames of Everwire on Tomcat's connections: cheaper in time, all versions of the protocol, and the server's own
     * compression. Uses an interface that is public in Tomcat's code but not a part of its documented API.
     */
    TOMCAT,
    /** With Jakarta WebSocket, which every container has. */
    JAKARTA
}
