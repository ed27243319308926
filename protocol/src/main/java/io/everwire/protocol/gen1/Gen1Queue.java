package io.everwire.protocol.gen1;

import io.everwire.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;

/** The packets that wait for the client's next connection, in order. */
final class Gen1Queue {
    private List<Bytes> packets = new ArrayList<>();
    private int size;

    boolean isEmpty() {
        return packets.isEmpty();
    }

    /** How many bytes wait. */
    int size() {
        return size;
    }

    void add(Bytes packet) {
        packets.add(packet);
        size += packet.length();
    }

    /** Everything, which waits no longer. */
    List<Bytes> drain() {
        List<Bytes> drained = packets;
        clear();
        return drained;
    }

    void clear() {
        packets = new ArrayList<>();
        size = 0;
    }
}
