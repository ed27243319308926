package io.everwire.netty;

/** Informs a connection, through its pipeline, that its {@link NettyServer} closes. */
enum ShutdownEvent {
    /** The port is closed: a response that begins from now on is the last one. */
    LAST_RESPONSE,
    /** In addition, a connection without an unanswered request closes now, and a WebSocket is closed with 1001. */
    STOPPING
}
