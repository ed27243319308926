package io.everwire.engine;

/** What becomes of a packet if its client takes nothing at the moment. */
public enum Delivery {
    /** It waits. A client that lets too much wait is closed by its session. */
    RELIABLE,
    /** It waits, unless too much would wait then: it is dropped. */
    DROP_ON_OVERFLOW,
    /** It is dropped. */
    VOLATILE
}
