package io.everwire.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An immutable range of bytes: the form in which data crosses the seam in both directions.
 *
 * <p>It is a view of an array and is made without copying. The caller that passes an array promises not to write to it
 * again. Instances may be shared between threads once published. Two instances are equal if they hold the same bytes.
 */
public final class Bytes {
    /** No bytes. */
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int offset;
    private final int length;

    private Bytes(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** Returns all bytes of {@code array}, which belongs to the result from now on. */
    public static Bytes of(byte[] array) {
        return new Bytes(array, 0, array.length);
    }

    /**
     * Returns the bytes from {@code from} (inclusive) to {@code to} (exclusive) of {@code array}, which must not change
     * any more.
     *
     * @throws IndexOutOfBoundsException if the range is not inside the array
     */
    public static Bytes of(byte[] array, int from, int to) {
        Objects.checkFromToIndex(from, to, array.length);
        return new Bytes(array, from, to - from);
    }

    /** Returns {@code text} in UTF-8. A lone surrogate, which UTF-8 cannot carry, becomes {@code ?}. */
    public static Bytes utf8(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the number of bytes. */
    public int length() {
        return length;
    }

    /** Returns whether the length is 0. */
    public boolean isEmpty() {
        return length == 0;
    }

    /**
     * Returns the byte at {@code index}, counted from the start of this range.
     *
     * @throws IndexOutOfBoundsException if the index is outside of this range
     */
    public byte at(int index) {
        return array[offset + Objects.checkIndex(index, length)];
    }

    /**
     * Returns the range from {@code from} (inclusive) to {@code to} (exclusive), which shares the same array.
     *
     * @throws IndexOutOfBoundsException if the range is not inside this one
     */
    public Bytes slice(int from, int to) {
        Objects.checkFromToIndex(from, to, length);
        return new Bytes(array, offset + from, to - from);
    }

    /**
     * Returns the same bytes in a form that is kept for long: a copy if they are less than half of their array, so that
     * a small part does not keep a large message in memory.
     */
    public Bytes compact() {
        return length < array.length / 2 ? of(toByteArray()) : this;
    }

    /**
     * Returns the array that this is a view of, to be read between {@link #offset()} and {@link #end()} and never
     * written.
     */
    public byte[] array() {
        return array;
    }

    /** Returns the index in {@link #array()} of the first byte. */
    public int offset() {
        return offset;
    }

    /** Returns the index in {@link #array()} behind the last byte. */
    public int end() {
        return offset + length;
    }

    /** Returns a copy that the caller may change. */
    public byte[] toByteArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Bytes that) || length != that.length) {
            return false;
        }
        // A broadcast compares the bytes that all its receivers share (benchmark fanout).
        return (array == that.array && offset == that.offset)
                || Arrays.equals(array, offset, end(), that.array, that.offset, that.end());
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /** Returns the bytes decoded as UTF-8. Invalid sequences become U+FFFD. */
    @Override
    public String toString() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }
}
