package io.everwire.jackson;

import java.io.OutputStream;
import java.util.Arrays;

/** What a generator writes, which mostly is one piece: copied once, into an array of its size (benchmark {@code JsonBenchmark.write}). */
final class JsonBytes extends OutputStream {
    private static final byte[] NOTHING = {};

    private byte[] written = NOTHING;

    /** All that was written; nothing may be written any more. */
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
