package io.everwire.netty;

import io.everwire.engine.frames.FrameInput;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The buffer of a read as the input of a decoder. One for all connections of an event loop; used there only. */
final class BufferInput implements FrameInput {
    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;

    /**
     * Takes another buffer, which the caller releases. Returns the one before, which the caller must give back: a message
     * may cause another connection of this event loop to read at once, if its channel is inside the process.
     */
    ByteBuf exchange(ByteBuf next) {
        ByteBuf before = bytes;
        bytes = next;
        return before;
    }

    @Override
    public int available() {
        return bytes.readableBytes();
    }

    @Override
    public int readByte() {
        return bytes.readUnsignedByte();
    }

    @Override
    public int readShort() {
        return bytes.readUnsignedShort();
    }

    @Override
    public int readInt() {
        return bytes.readInt();
    }

    @Override
    public long readLong() {
        return bytes.readLong();
    }

    @Override
    public void read(byte[] target, int at, int length) {
        bytes.readBytes(target, at, length);
    }

    @Override
    public void skipRest() {
        bytes.skipBytes(bytes.readableBytes());
    }
}
