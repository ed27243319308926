package io.everwire.engine;

import io.everwire.protocol.Encoded;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The volatile packets that one client cannot take now and that have a key: the newest one of each key, in the order of the first
 * packets. Used in the session's turns.
 */
final class LatestPackets {
    private final Map<Delivery.Key, Encoded> packets = new LinkedHashMap<>();
    private int bytes;
    private int shares;

    boolean isEmpty() {
        return packets.isEmpty();
    }

    /** Returns the sizes of all packets, in bytes. */
    int bytes() {
        return bytes;
    }

    /** Returns their memory, in bytes: packets of a broadcast are in memory once for all receivers. */
    int shares() {
        return shares;
    }

    /** Keeps a packet. Returns the packet that it replaces, or null; the key keeps its place then. */
    @Nullable
    Encoded put(Delivery.Key key, Encoded packet) {
        Encoded before = packets.put(key, packet);
        count(packet, 1);
        if (before != null) {
            count(before, -1);
        }
        return before;
    }

    /** Returns the bytes that would be kept with another packet. */
    long bytesWith(Delivery.Key key, Encoded packet) {
        Encoded before = packets.get(key);
        return (long) bytes + packet.size() - (before == null ? 0 : before.size());
    }

    /** Returns the number of keys that would be kept with another one. */
    int sizeWith(Delivery.Key key) {
        return packets.size() + (packets.containsKey(key) ? 0 : 1);
    }

    /** Removes the packet of a key; returns null if it has none. */
    @Nullable
    Encoded remove(Delivery.Key key) {
        Encoded removed = packets.remove(key);
        if (removed != null) {
            count(removed, -1);
        }
        return removed;
    }

    /** Removes the packets of one namespace. */
    void removeAll(String namespace) {
        packets.entrySet().removeIf(entry -> {
            boolean removed = entry.getKey().namespace().equals(namespace);
            if (removed) {
                count(entry.getValue(), -1);
            }
            return removed;
        });
    }

    /** Removes the packet of the oldest key and returns it; returns null if it is empty. */
    @Nullable
    Encoded poll() {
        if (packets.isEmpty()) {
            return null;
        }
        return remove(packets.keySet().iterator().next());
    }

    private void count(Encoded packet, int sign) {
        bytes += sign * packet.size();
        shares += sign * OutputBudget.share(packet);
    }
}
