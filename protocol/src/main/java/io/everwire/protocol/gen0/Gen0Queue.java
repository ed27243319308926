package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import java.util.ArrayList;
import java.util.List;

/** The frames queued for the client's next connection, in order. They are sent together, as one payload. */
final class Gen0Queue {
    private List<Bytes> frames = new ArrayList<>();
    private int bytes;

    /** Returns whether no frame is queued. */
    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** Returns the memory of all frames, in bytes. */
    int size() {
        return bytes + Encoded.OVERHEAD * frames.size();
    }

    /** Queues one frame. The caller has checked the limit. */
    void add(Bytes frame) {
        frames.add(frame);
        bytes += frame.length();
    }

    /** Removes all frames and returns them as one payload. A single frame is returned without a copy. */
    Bytes drain() {
        Bytes payload = frames.size() == 1 ? frames.get(0) : join();
        clear();
        return payload;
    }

    /** Drops all frames. */
    void clear() {
        frames = new ArrayList<>();
        bytes = 0;
    }

    private Bytes join() {
        byte[] payload = new byte[bytes];
        int at = 0;
        for (Bytes frame : frames) {
            System.arraycopy(frame.array(), frame.offset(), payload, at, frame.length());
            at += frame.length();
        }
        return Bytes.of(payload);
    }
}
