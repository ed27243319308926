package io.everwire.protocol.gen1;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import java.util.ArrayList;
import java.util.List;

/** The packets queued for the client's next connection, in order. */
final class Gen1Queue {
    private List<Bytes> packets = new ArrayList<>();
    private int size;

    /** Returns whether no packet is queued. */
    boolean isEmpty() {
        return packets.isEmpty();
    }

    /** Returns the memory of all packets, in bytes. */
    int size() {
        return size;
    }

    /** Queues one packet. The caller has checked the limit. */
    void add(Bytes packet) {
        packets.add(packet);
        size += Encoded.OVERHEAD + packet.length();
    }

    /** Removes all packets and returns them in order. The list belongs to the caller. */
    List<Bytes> drain() {
        List<Bytes> drained = packets;
        clear();
        return drained;
    }

    /** Drops all packets. */
    void clear() {
        packets = new ArrayList<>();
        size = 0;
    }
}
