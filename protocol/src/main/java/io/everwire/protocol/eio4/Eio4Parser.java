package io.everwire.protocol.eio4;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Packet;
import org.jspecify.annotations.Nullable;

/**
 * How one client's Socket.IO packets stand in Engine.IO messages: what the reference calls a parser. What cannot be read
 * closes the connection with "forced close": that is what the reference tells its sockets (its "parse error" is kept for broken
 * Engine.IO packets).
 */
interface Eio4Parser {
    /** What is told when the session has begun, before anything was read; null if nothing: most clients ask to join. */
    default @Nullable Packet firstPacket() {
        return null;
    }

    /** The parser that reads the next message, which is text or binary: another than this if the client's is only known by it. */
    default Eio4Parser select(boolean text) {
        return this;
    }

    /**
     * Reads a text message, without the type of the Engine.IO packet around it.
     *
     * @return the packet, or null if more must follow or it means nothing
     */
    @Nullable
    Packet text(Bytes message);

    /**
     * Reads a binary message.
     *
     * @return the packet that is complete with it, or null if more must follow or it means nothing
     */
    @Nullable
    Packet binary(Bytes message);

    /** Whether binary messages are still to come that belong to a text message. */
    boolean awaitsAttachments();

    /** A packet, written for the clients of the default parser, as this client reads it. */
    Encoded encodeFor(Encoded encoded);
}
