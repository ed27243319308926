package io.everwire.spring.boot;

/** The server on which Socket.IO is served: the property {@code everwire.host}. */
public enum HostKind {
    /**
     * The web server of the application, servlet or reactive. A port of its own, if {@code everwire.port.number} is set or the application
     * has no web server.
     */
    AUTO,
    /** The servlet container of the application. */
    SERVLET,
    /** Reactor Netty of a WebFlux application. */
    REACTIVE,
    /** A port of its own, with Netty. */
    PORT,
    /** None: the application opens a port or adds a handler itself. */
    NONE
}
