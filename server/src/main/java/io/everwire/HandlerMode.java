package io.everwire;

/** Where handlers run. Either way, handlers of one socket run one at a time and in order. */
public enum HandlerMode {
    /**
     * Off the event loop: each socket borrows a thread (a virtual one from JDK 21 on, else one of a pool) while it has
     * something to handle. Handlers may block; they delay their own socket only.
     */
    MAILBOX,

    /**
     * On the event loop that carries the connection: the fastest, for handlers that never wait. One that blocks stops every
     * client of that loop.
     */
    EVENT_LOOP
}
