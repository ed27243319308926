package io.everwire.testkit.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes that arrived and were not parsed yet. */
final class Incoming {
    private byte[] bytes = new byte[0];

    void add(ByteBuffer more) {
        int size = bytes.length;
        bytes = Arrays.copyOf(bytes, size + more.remaining());
        more.get(bytes, size, bytes.length - size);
    }

    int size() {
        return bytes.length;
    }

    /** Returns the byte at {@code index}, 0 to 255. */
    int at(int index) {
        return bytes[index] & 0xFF;
    }

    /** Removes and returns the next bytes, or null if not all of them have arrived. */
    byte @Nullable [] take(int count) {
        if (count > bytes.length) {
            return null;
        }
        byte[] taken = Arrays.copyOf(bytes, count);
        bytes = Arrays.copyOfRange(bytes, count, bytes.length);
        return taken;
    }

    /** Removes and returns the bytes before the next {@code end}, which is removed too; null if it has not arrived. */
    @Nullable
    String takeUntil(String end) {
        int index = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(end);
        if (index < 0) {
            return null;
        }
        String text = new String(bytes, 0, index, StandardCharsets.ISO_8859_1);
        take(index + end.length());
        return text;
    }
}
