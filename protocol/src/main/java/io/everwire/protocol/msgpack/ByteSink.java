package io.everwire.protocol.msgpack;

import io.everwire.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte buffer. Its last bytes can be removed again, and a gap can be inserted. Not thread-safe. */
public final class ByteSink {
    /** The size limit in bytes: the largest value of {@code maxHttpBufferSize}. */
    private static final int MOST = 1 << 30;

    private byte[] bytes;
    private int length;

    /**
     * Creates an empty buffer.
     *
     * @param expected the expected size in bytes
     */
    public ByteSink(int expected) {
        bytes = new byte[Math.max(16, expected)];
    }

    /** Returns the number of bytes written. */
    public int length() {
        return length;
    }

    /** Writes the lowest byte of {@code b}. */
    public void put(int b) {
        reserve(1);
        bytes[length++] = (byte) b;
    }

    /** Writes the bytes from {@code from} (inclusive) to {@code to} (exclusive). */
    public void put(byte[] array, int from, int to) {
        reserve(to - from);
        System.arraycopy(array, from, bytes, length, to - from);
        length += to - from;
    }

    /** Writes all bytes of {@code other}. */
    public void put(Bytes other) {
        put(other.array(), other.offset(), other.end());
    }

    /** Writes a text that consists of ASCII only. */
    public void ascii(String text) {
        put(Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Writes the lowest {@code count} bytes of a number, highest byte first. */
    public void number(long value, int count) {
        reserve(count);
        set(length, value, count);
        length += count;
    }

    /** Overwrites {@code count} bytes at {@code at}, as {@link #number} writes them. */
    public void set(int at, long value, int count) {
        for (int i = 0; i < count; i++) {
            bytes[at + i] = (byte) (value >> (8 * (count - 1 - i)));
        }
    }

    /** Moves the bytes from {@code at} on, so that {@code count} bytes become free before them. */
    public void gap(int at, int count) {
        reserve(count);
        System.arraycopy(bytes, at, bytes, at + count, length - at);
        length += count;
    }

    /** Removes all bytes from {@code to} on. */
    public void cut(int to) {
        length = to;
    }

    /** Returns the bytes from {@code from} on as a view. It is valid until the next call that writes. */
    public Bytes from(int from) {
        return Bytes.of(bytes, from, length);
    }

    /**
     * Makes space for {@code count} more bytes.
     *
     * @throws IllegalStateException if the buffer would exceed its limit
     */
    private void reserve(int count) {
        int space = bytes.length - length;
        if (count > space) {
            if (count > MOST - length) {
                throw new IllegalStateException("a message of more than " + MOST + " bytes");
            }
            // Doubled, so that a message of n bytes is copied log n times.
            bytes = Arrays.copyOf(bytes, Math.max(length + count, Math.min(MOST, 2 * bytes.length)));
        }
    }
}
