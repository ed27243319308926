package io.everwire.engine.frames;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A part of an array as the input of a decoder. */
final class ArrayInput implements FrameInput {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private int at;
    private final int to;

    ArrayInput(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.to = to;
    }

    @Override
    public int available() {
        return to - at;
    }

    @Override
    public int readByte() {
        return bytes[at++] & 0xFF;
    }

    @Override
    public int readShort() {
        int high = readByte();
        return (high << Byte.SIZE) | readByte();
    }

    @Override
    public int readInt() {
        int number = (int) INTS.get(bytes, at);
        at += Integer.BYTES;
        return number;
    }

    @Override
    public long readLong() {
        long number = (long) LONGS.get(bytes, at);
        at += Long.BYTES;
        return number;
    }

    @Override
    public void read(byte[] target, int index, int length) {
        System.arraycopy(bytes, at, target, index, length);
        at += length;
    }

    @Override
    public void skipRest() {
        at = to;
    }
}
