package io.everwire.protocol.eio4;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Packet;
import org.jspecify.annotations.Nullable;

/**
 * Converts the Socket.IO packets of one client from and to Engine.IO messages; the reference calls this a parser.
 *
 * <p>A message that cannot be read closes the connection with "forced close": the reference reports this to its
 * sockets, and keeps "parse error" for broken Engine.IO packets.
 *
 * <p>A session has one parser at a time and uses it in its turn.
 */
interface Eio4Parser {
    /**
     * Returns the packet to report when the session has begun, before any message; null for clients that must ask to
     * join.
     */
    default @Nullable Packet firstPacket() {
        return null;
    }

    /**
     * Returns the parser that reads the next message, which is text or binary: another one than this if the client's
     * parser becomes known only by that message. The session uses it from then on.
     */
    default Eio4Parser select(boolean text) {
        return this;
    }

    /**
     * Reads a text message, without the type of the Engine.IO packet around it.
     *
     * @return the packet, or null if attachments must follow or if it has no effect
     * @throws io.everwire.protocol.ProtocolException if the message cannot be read
     */
    @Nullable
    Packet text(Bytes message);

    /**
     * Reads a binary message.
     *
     * @return the packet that is complete with it, or null if more must follow or if it has no effect
     * @throws io.everwire.protocol.ProtocolException if the message cannot be read
     */
    @Nullable
    Packet binary(Bytes message);

    /** Returns the memory of the message whose binary messages are still to arrive, in bytes; 0 if none are. */
    int incomplete();

    /** Returns a packet, encoded for clients of the default parser, in the form that this client reads. */
    Encoded encodeFor(Encoded encoded);
}
