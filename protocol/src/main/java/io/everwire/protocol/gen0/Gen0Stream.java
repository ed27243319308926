package io.everwire.protocol.gen0;

import io.everwire.protocol.Exchange;

/**
 * A GET whose response does not end: each payload is a piece of its body. Implementations begin the response in their
 * constructor.
 */
sealed interface Gen0Stream extends Gen0Connection permits Gen0Htmlfile, Gen0Multipart, Gen0ServerEvents {
    /** Returns the request. Its response has started. */
    Exchange exchange();

    @Override
    default boolean isPoll() {
        return false;
    }

    @Override
    default boolean writable() {
        return exchange().writable();
    }

    /** Ends the older of two streams, which the original did not. */
    @Override
    default void supersede() {
        close();
    }

    @Override
    default void close() {
        exchange().finish();
    }

    /** Drops the connection: a regular end of the body would be queued behind the bytes that the peer does not take. */
    @Override
    default void abort() {
        exchange().drop();
    }

    @Override
    default boolean isOn(Object port) {
        return exchange().equals(port);
    }
}
