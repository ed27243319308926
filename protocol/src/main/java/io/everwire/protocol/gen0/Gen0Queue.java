package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;

/** The frames that wait for the client's next connection, in order. They leave together, as one payload. */
final class Gen0Queue {
    private List<Bytes> frames = new ArrayList<>();
    private int size;

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** How many bytes wait. */
    int size() {
        return size;
    }

    void add(Bytes frame) {
        frames.add(frame);
        size += frame.length();
    }

    /** Everything, which waits no longer. */
    Bytes drain() {
        Bytes payload = frames.size() == 1 ? frames.get(0) : join();
        clear();
        return payload;
    }

    void clear() {
        frames = new ArrayList<>();
        size = 0;
    }

    private Bytes join() {
        byte[] payload = new byte[size];
        int at = 0;
        for (Bytes frame : frames) {
            System.arraycopy(frame.array(), frame.offset(), payload, at, frame.length());
            at += frame.length();
        }
        return Bytes.of(payload);
    }
}
