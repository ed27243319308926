package io.everwire;

/** The threads on which handlers run. In both modes, handlers of one socket run one at a time and in order. */
public enum HandlerMode {
    /**
     * On handler threads: each socket borrows a thread while it has events to handle (a virtual thread from JDK 21 on, else a pool
     * thread). Handlers may block; they delay only their own socket.
     */
    MAILBOX,

    /**
     * On the event loop of the connection. It is the fastest mode, for handlers that never wait. A handler that blocks stops every
     * client of that event loop.
     */
    EVENT_LOOP
}
