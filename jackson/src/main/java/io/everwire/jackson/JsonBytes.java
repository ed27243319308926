package io.everwire.jackson;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * The output of a generator. It mostly is one piece, which is copied once, into an array of its size (benchmark {@code
 * JsonBenchmark.write}).
 */
final class JsonBytes extends OutputStream {
    private static final byte[] NOTHING = {};

    private byte[] written = NOTHING;

    /** Returns all bytes written. Nothing may be written afterwards. */
    byte[] bytes() {
        return written;
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        if (written.length == 0) {
            written = Arrays.copyOfRange(bytes, from, from + length);
        } else {
            int before = written.length;
            written = Arrays.copyOf(written, before + length);
            System.arraycopy(bytes, from, written, before, length);
        }
    }

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }
}
