package io.everwire.netty;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** The fragments of one message, held until the last of them is here, and then copied once. */
final class Fragments {
    private final boolean text;
    private final boolean compressed;
    private final List<ByteBuf> parts = new ArrayList<>();
    private long length;

    Fragments(boolean text, boolean compressed) {
        this.text = text;
        this.compressed = compressed;
    }

    /** Whether the message is text: its first fragment says so. */
    boolean text() {
        return text;
    }

    /** Whether they are compressed together: the first of them says so, too. */
    boolean compressed() {
        return compressed;
    }

    int count() {
        return parts.size();
    }

    /** Their bytes together. */
    long length() {
        return length;
    }

    /** Keeps one more. */
    void add(ByteBuf part) {
        parts.add(part.retain());
        length += part.readableBytes();
    }

    /** All of them in a row; nothing is held afterwards. */
    byte[] join() {
        byte[] joined = new byte[(int) length];
        int at = 0;
        for (ByteBuf part : parts) {
            int size = part.readableBytes();
            part.getBytes(part.readerIndex(), joined, at, size);
            at += size;
        }
        release();
        return joined;
    }

    void release() {
        parts.forEach(ByteBuf::release);
        parts.clear();
        length = 0;
    }
}
