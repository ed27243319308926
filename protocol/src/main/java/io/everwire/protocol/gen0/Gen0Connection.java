package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.SendOptions;

/**
 * The connection that a session has at the moment, dressed as its transport wants it: how a payload leaves. Payloads are
 * the same on every transport; what is around them is not.
 */
sealed interface Gen0Connection permits Gen0Poll, Gen0Jsonp, Gen0WebSocket, Gen0Stream {
    /** Whether its first payload is its last. */
    boolean isPoll();

    /** Sends one payload; an empty one ends an idle poll. */
    void send(Bytes payload);

    /** Sends one payload that {@code options.receivers()} sessions receive; only a WebSocket makes use of the options. */
    default void send(Bytes payload, SendOptions options) {
        send(payload);
    }

    /** Whether what was sent left, or nearly. */
    boolean writable();

    /** Makes room for a newer connection of the same session. */
    void supersede();

    /** The session is over; what was sent still arrives. */
    void close();

    /** The peer does not answer, or does not read: whatever it did not take yet is lost. */
    void abort();

    /** Whether it is made of this {@link io.everwire.protocol.Exchange} or {@link io.everwire.protocol.WebSocketLine}. */
    boolean isOn(Object port);
}
