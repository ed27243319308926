package io.everwire.netty;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.SendOptions;

/**
 * Frames of the drafts 75 and 76: text between two bytes that UTF-8 does not have, so that they need no length.
 *
 * <p>The end of 76 is {@code FF 00}, said by both sides. 75 knows no such word, and takes these two bytes for a frame that
 * it does not care for: there the end of the connection is all there is.
 */
enum HixieEncoder implements FrameEncoder {
    /** draft-hixie-thewebsocketprotocol-75. */
    HIXIE_75,
    /** draft-hixie-thewebsocketprotocol-76, also known as hybi-00. */
    HIXIE_76;

    static final int BEGIN = 0x00;
    static final int END = 0xFF;

    @Override
    public void text(WebSocketWriter out, Bytes message, SendOptions options) {
        out.room(1 + WebSocketWriter.copied(message) + 1).writeByte(BEGIN);
        out.add(message);
        out.room(1).writeByte(END);
    }

    /** @throws IllegalStateException there is no such message; generations of the drafts have none either */
    @Override
    public void binary(WebSocketWriter out, Bytes message, SendOptions options) {
        throw new IllegalStateException("a WebSocket of " + this + " carries text only");
    }

    /** Nobody can ask. */
    @Override
    public void pong(WebSocketWriter out, Bytes payload) {}

    @Override
    public void close(WebSocketWriter out, int code) {
        out.room(2).writeByte(END).writeByte(BEGIN);
    }

    @Override
    public boolean closeIsAnswered() {
        return this == HIXIE_76;
    }
}
