package io.everwire.engine;

/** Says how a packet is handled if its client cannot take data now. */
public enum Delivery {
    /** The packet is queued. A client with too many queued bytes is closed by its session. */
    RELIABLE,
    /** The packet is queued if the limits allow it, otherwise dropped. */
    DROP_ON_OVERFLOW,
    /** The packet is dropped. */
    VOLATILE
}
