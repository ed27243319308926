package io.everwire.netty;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.SendOptions;

/**
 * Writes frames of hixie-75 and hixie-76: text between two bytes that do not occur in UTF-8, so that a frame needs no
 * length.
 *
 * <p>The close frame of hixie-76 is {@code FF 00}, sent by both sides. In hixie-75 it is a binary frame of length 0: there
 * the end of the connection is the only close.
 */
enum HixieEncoder implements FrameEncoder {
    /** draft-hixie-thewebsocketprotocol-75. */
    HIXIE_75,
    /** draft-hixie-thewebsocketprotocol-76, also known as hybi-00. */
    HIXIE_76;

    /** The first byte of a text frame. */
    static final int BEGIN = 0x00;

    /** The last byte of a text frame, and the first of the close frame. */
    static final int END = 0xFF;

    /**
     * {@inheritDoc} Frames are not shared: the generations of these drafts send broadcasts without a number of
     * receivers.
     */
    @Override
    public void text(WebSocketWriter out, Bytes message, SendOptions options) {
        out.reserve(1 + WebSocketWriter.copied(message) + 1).writeByte(BEGIN);
        out.add(message);
        out.reserve(1).writeByte(END);
    }

    /**
     * @throws IllegalStateException always: the drafts have no binary messages, nor have the generations that use
     *     them
     */
    @Override
    public void binary(WebSocketWriter out, Bytes message, SendOptions options) {
        throw new IllegalStateException("a WebSocket of " + this + " carries text only");
    }

    /** Does nothing: the drafts have no pings. */
    @Override
    public void pong(WebSocketWriter out, Bytes payload) {}

    /** {@inheritDoc} The drafts have no codes, and hixie-75 no close frame. */
    @Override
    public void close(WebSocketWriter out, int code) {
        if (this == HIXIE_76) {
            out.reserve(2).writeByte(END).writeByte(BEGIN);
        }
    }

    @Override
    public boolean closeIsAnswered() {
        return this == HIXIE_76;
    }
}
