package io.everwire.benchmarks.attack;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The WebSocket frames of clients. The masking key is 0, so that large payloads need no copy. */
final class Frame {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;

    /** The flag of a complete message. */
    static final int FIN = 0x80;

    /** The flag of a compressed message. */
    static final int RSV1 = 0x40;

    private Frame() {}

    /** Returns a complete text message. */
    static ByteBuf text(String text) {
        return of(FIN | TEXT, Wire.utf8(text));
    }

    /** Returns a frame; {@code first} is its first byte. */
    static ByteBuf of(int first, byte[] payload) {
        return Unpooled.wrappedBuffer(head(first, payload.length), Unpooled.wrappedBuffer(payload));
    }

    /** Returns the head of a frame. */
    static ByteBuf head(int first, long length) {
        ByteBuf out = Unpooled.buffer(14);
        out.writeByte(first);
        if (length < 126) {
            out.writeByte(0x80 | (int) length);
        } else if (length < 65536) {
            out.writeByte(0x80 | 126).writeShort((int) length);
        } else {
            out.writeByte(0x80 | 127).writeLong(length);
        }
        return out.writeInt(0);
    }
}
