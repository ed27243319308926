package io.everwire.protocol.eio4;

import io.everwire.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes being written: grows as needed, and can take back what was written last. */
final class Eio4Buffer {
    /** The largest message there may be: as much as {@code maxHttpBufferSize} can be set to. */
    private static final int MOST = 1 << 30;

    private byte[] bytes;
    private int length;

    Eio4Buffer(int expected) {
        bytes = new byte[Math.max(16, expected)];
    }

    /** How many bytes were written. */
    int length() {
        return length;
    }

    void put(int b) {
        reserve(1);
        bytes[length++] = (byte) b;
    }

    void put(byte[] array, int from, int to) {
        reserve(to - from);
        System.arraycopy(array, from, bytes, length, to - from);
        length += to - from;
    }

    void put(Bytes other) {
        put(other.array(), other.offset(), other.end());
    }

    /** Writes a text of ASCII only. */
    void ascii(String text) {
        put(Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Writes the lowest {@code count} bytes of a number, the highest of them first. */
    void number(long value, int count) {
        reserve(count);
        set(length, value, count);
        length += count;
    }

    /** Writes, as {@link #number} does, over bytes that stand there. */
    void set(int at, long value, int count) {
        for (int i = 0; i < count; i++) {
            bytes[at + i] = (byte) (value >> (8 * (count - 1 - i)));
        }
    }

    /** Moves what stands from {@code at} on, so that there is a gap of so many bytes. */
    void gap(int at, int count) {
        reserve(count);
        System.arraycopy(bytes, at, bytes, at + count, length - at);
        length += count;
    }

    /** Takes back everything from {@code to} on. */
    void cut(int to) {
        length = to;
    }

    /** What was written, from {@code from} on; valid until something else is. */
    Bytes from(int from) {
        return Bytes.of(bytes, from, length);
    }

    private void reserve(int count) {
        int space = bytes.length - length;
        if (count > space) {
            if (count > MOST - length) {
                throw new IllegalStateException("a message of more than " + MOST + " bytes");
            }
            bytes = Arrays.copyOf(bytes, Math.max(length + count, Math.min(MOST, 2 * bytes.length)));
        }
    }
}
