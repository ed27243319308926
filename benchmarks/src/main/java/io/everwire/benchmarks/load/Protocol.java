package io.everwire.benchmarks.load;

/** The protocol of a server, which its clients use. */
public enum Protocol {
    /** Socket.IO. */
    SOCKET_IO,
    /** STOMP 1.2 in WebSockets: one message in each frame. Only for a fan-out. */
    STOMP,
    /** SockJS with its transport xhr-polling, and in it the packets of Socket.IO. Only for polling. */
    SOCKJS
}
