package io.everwire.protocol.gen0;

import io.everwire.protocol.Exchange;

/** A GET whose answer does not end: each payload is a piece of its body. Its implementations begin the answer when made. */
sealed interface Gen0Stream extends Gen0Connection permits Gen0Htmlfile, Gen0Multipart, Gen0ServerEvents {
    /** What is answered; it has started. */
    Exchange exchange();

    @Override
    default boolean isPoll() {
        return false;
    }

    @Override
    default boolean writable() {
        return exchange().writable();
    }

    @Override
    default void supersede() {
        close();
    }

    @Override
    default void close() {
        exchange().finish();
    }

    /** An end would wait behind what is not taken. */
    @Override
    default void abort() {
        exchange().drop();
    }

    @Override
    default boolean isOn(Object port) {
        return exchange().equals(port);
    }
}
