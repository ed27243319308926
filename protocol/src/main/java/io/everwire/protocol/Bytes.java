package io.everwire.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * A stretch of bytes that nobody changes any more: what crosses the seam in both directions.
 *
 * <p>It is a view, made without copying; who hands an array over promises not to write to it again. Safe to share
 * between threads once published. Two of them are equal when they hold the same bytes.
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

    /** All of {@code array}, which belongs to the result from now on. */
    public static Bytes of(byte[] array) {
        return new Bytes(array, 0, array.length);
    }

    /**
     * The bytes from {@code from} (inclusive) to {@code to} (exclusive) of {@code array}, which must not change any more.
     *
     * @throws IndexOutOfBoundsException if the range is not inside the array
     */
    public static Bytes of(byte[] array, int from, int to) {
        Objects.checkFromToIndex(from, to, array.length);
        return new Bytes(array, from, to - from);
    }

    /** {@code text} in UTF-8. A lone surrogate, which UTF-8 cannot carry, becomes {@code ?}. */
    public static Bytes utf8(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** How many bytes. */
    public int length() {
        return length;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return length == 0;
    }

    /**
     * The byte at {@code index}, counted from the start of this stretch.
     *
     * @throws IndexOutOfBoundsException if there is none
     */
    public byte at(int index) {
        return array[offset + Objects.checkIndex(index, length)];
    }

    /**
     * The stretch from {@code from} (inclusive) to {@code to} (exclusive), sharing the same array.
     *
     * @throws IndexOutOfBoundsException if the range is not inside this stretch
     */
    public Bytes slice(int from, int to) {
        Objects.checkFromToIndex(from, to, length);
        return new Bytes(array, offset + from, to - from);
    }

    /** The array this is a view of, for bulk reading between {@link #offset()} and {@link #end()}; never to be written. */
    public byte[] array() {
        return array;
    }

    /** Where this stretch begins in {@link #array()}. */
    public int offset() {
        return offset;
    }

    /** Where this stretch ends in {@link #array()} (exclusive). */
    public int end() {
        return offset + length;
    }

    /** A copy that its owner may change. */
    public byte[] toByteArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    @Override
    public boolean equals(Object other) {
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

    /** The bytes read as UTF-8; what is not UTF-8 becomes U+FFFD. */
    @Override
    public String toString() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }
}
