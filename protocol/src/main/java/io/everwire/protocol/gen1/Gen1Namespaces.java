package io.everwire.protocol.gen1;

import io.everwire.protocol.CloseReason;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.ReachedLimit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The namespaces that a client has joined or is joining.
 *
 * <p>A client does not wait for the confirmation when it joins a namespace, and may ask twice. Packets for the
 * namespace are therefore queued until the application has answered, and then delivered or dropped.
 */
final class Gen1Namespaces {
    /** The approximate size of a queued packet besides its data, in bytes. */
    private static final int OVERHEAD = 64;

    private final Set<String> joined = new HashSet<>(4);
    /** The queued packets of each namespace whose join is not answered. */
    private final Map<String, List<Gen1Packet>> joining = new HashMap<>(4);
    /** The size of all queued packets. */
    private int queuedBytes;

    /** Records that the client asks to join. The caller has checked that no join is open. */
    void startJoin(String namespace) {
        joining.put(namespace, new ArrayList<>(0));
    }

    /**
     * Records that the application has admitted or rejected a join.
     *
     * @return the queued packets to deliver, in order; none if the join was rejected
     */
    List<Gen1Packet> answer(String namespace, boolean admitted) {
        List<Gen1Packet> packets = joining.remove(namespace);
        if (admitted) {
            joined.add(namespace);
        } else {
            joined.remove(namespace);
        }
        if (packets == null) {
            return List.of();
        }
        // Also without an admission: dropped packets do not count against the limit.
        packets.forEach(packet -> queuedBytes -= size(packet));
        return admitted ? packets : List.of();
    }

    /** Records that one side has left. */
    void leave(String namespace) {
        joined.remove(namespace);
    }

    /** Returns whether a join of the namespace is not answered yet. */
    boolean isJoining(String namespace) {
        return joining.containsKey(namespace);
    }

    /** Returns whether the client has joined the namespace. */
    boolean isJoined(String namespace) {
        return joined.contains(namespace);
    }

    /** Returns the size of all queued packets, in bytes. */
    int queuedBytes() {
        return queuedBytes;
    }

    /**
     * Queues a packet for a namespace that is being joined.
     *
     * @param max the largest size of all queued packets, in bytes
     * @throws ProtocolException if it does not fit
     */
    void queue(Gen1Packet packet, int max) {
        joining.getOrDefault(packet.namespace(), new ArrayList<>()).add(packet);
        queuedBytes += size(packet);
        if (queuedBytes > max) {
            ReachedLimit limit = new ReachedLimit("maxQueuedBytes", max, queuedBytes);
            throw new ProtocolException(CloseReason.TRANSPORT_ERROR, limit);
        }
    }

    /** Returns the approximate size of a queued packet, in bytes. */
    private static int size(Gen1Packet packet) {
        return OVERHEAD + packet.data().length() + packet.query().length();
    }
}
