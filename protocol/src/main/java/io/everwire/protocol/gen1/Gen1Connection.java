package io.everwire.protocol.gen1;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.SendOptions;
import java.util.List;

/**
 * The connection of a session at the moment, in the form of its transport. Packets are the same on every transport; the
 * bytes around them differ.
 *
 * <p>A session has at most one, and drops its reference once the connection is closed, superseded or, for a poll,
 * answered.
 */
sealed interface Gen1Connection permits Gen1Poll, Gen1WebSocket, Gen1Stream {
    /** Returns the connection of a GET. A stream's response begins at once. */
    static Gen1Connection of(Exchange exchange, Gen1Transport transport) {
        if (transport.isStream()) {
            return Gen1Stream.on(exchange);
        }
        boolean script = transport == Gen1Transport.JSONP_POLLING;
        return script ? Gen1Poll.ofScript(exchange) : new Gen1Poll(exchange, "");
    }

    /** Returns whether it is a poll: its first payload is its last. */
    boolean isPoll();

    /** Sends one packet to this session only. */
    void send(Bytes packet);

    /** Sends one packet that {@code options.receivers()} sessions receive. Only a WebSocket uses the options. */
    default void send(Bytes packet, SendOptions options) {
        send(packet);
    }

    /** Sends queued packets, at least one: as one payload, or as a message each on a WebSocket. */
    void sendAll(List<Bytes> packets);

    /** Returns whether the packets sent so far left the process, or nearly all of them. A poll is always writable. */
    boolean writable();

    /** Ends it because a newer connection of the same session takes its place. */
    void supersede();

    /** Ends it after {@code 0::}, so that the client does not reconnect. */
    void close();

    /**
     * Ends it without {@code 0::}, because the session is over or never existed: the client should start with a new
     * handshake.
     */
    void closeForReconnect();

    /** Returns whether it is made of this {@link Exchange} or {@link io.everwire.protocol.WebSocketLine}. */
    boolean isOn(Object port);
}
