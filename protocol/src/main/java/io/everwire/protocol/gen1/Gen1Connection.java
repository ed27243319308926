package io.everwire.protocol.gen1;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.SendOptions;
import java.util.List;

/**
 * The connection that a session has at the moment, dressed as its transport wants it. Packets are the same on every
 * transport; what is around them is not.
 */
sealed interface Gen1Connection permits Gen1Poll, Gen1WebSocket, Gen1Stream {
    /** The dressing of a GET. A stream's answer begins at once. */
    static Gen1Connection of(Exchange exchange, Gen1Transport transport) {
        if (transport.isStream()) {
            return Gen1Stream.on(exchange);
        }
        boolean script = transport == Gen1Transport.JSONP_POLLING;
        return script ? Gen1Poll.ofScript(exchange) : new Gen1Poll(exchange, "");
    }

    /** Whether what it sends first is all it can send. */
    boolean isPoll();

    /** Sends one packet. */
    void send(Bytes packet);

    /** Sends one packet that {@code options.receivers()} sessions receive; only a WebSocket makes use of the options. */
    default void send(Bytes packet, SendOptions options) {
        send(packet);
    }

    /** Sends what has waited; at least one packet. */
    void sendAll(List<Bytes> packets);

    /** Whether what was sent left, or nearly. */
    boolean writable();

    /** Makes room for a newer connection of the same session. */
    void supersede();

    /** Nothing more comes: the client was told so. */
    void close();

    /** The session is over or never was, and the client does not know: it should begin anew. */
    void closeForReconnect();

    /** Whether it is made of this {@link Exchange} or {@link io.everwire.protocol.WebSocketLine}. */
    boolean isOn(Object port);
}
