package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.SendOptions;

/**
 * The connection of a session at the moment, in the form of its transport. Payloads are the same on every transport;
 * the bytes around them differ.
 *
 * <p>A session has at most one, and drops its reference once the connection is closed, superseded or, for a poll,
 * answered.
 */
sealed interface Gen0Connection permits Gen0Poll, Gen0Jsonp, Gen0WebSocket, Gen0Stream {
    /** Returns whether it is a poll: its first payload is its last. */
    boolean isPoll();

    /** Sends one payload to this session only. An empty payload ends an idle poll. */
    void send(Bytes payload);

    /** Sends one payload that {@code options.receivers()} sessions receive. Only a WebSocket uses the options. */
    default void send(Bytes payload, SendOptions options) {
        send(payload);
    }

    /** Returns whether the payloads sent so far left the process, or nearly all of them. A poll is always writable. */
    boolean writable();

    /** Ends it because a newer connection of the same session takes its place. */
    void supersede();

    /** Ends it because the session is over. Payloads sent before still arrive. */
    void close();

    /** Ends it at once because the peer does not answer or does not read. Bytes that it has not taken yet are lost. */
    void abort();

    /**
     * Returns whether it is made of this {@link io.everwire.protocol.Exchange} or {@link
     * io.everwire.protocol.WebSocketLine}.
     */
    boolean isOn(Object port);
}
