package io.everwire.protocol.gen1;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a client may speak to. It does not wait for the answer when it joins a namespace, and may ask twice; so what it says
 * there before the application has answered is kept, and then told or forgotten.
 */
final class Gen1Namespaces {
    /** What a kept packet occupies besides its data, in bytes, roughly. */
    private static final int OVERHEAD = 64;

    private final Set<String> joined = new HashSet<>(4);
    private final Map<String, List<Gen1Packet>> joining = new HashMap<>(4);
    private int queuedBytes;

    /** The client asks to join. */
    void startJoin(String namespace) {
        joining.put(namespace, new ArrayList<>(0));
    }

    /** The application has answered: what was kept, in its order. */
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
        packets.forEach(packet -> queuedBytes -= size(packet));
        return admitted ? packets : List.of();
    }

    /** Either side has left. */
    void leave(String namespace) {
        joined.remove(namespace);
    }

    boolean isJoining(String namespace) {
        return joining.containsKey(namespace);
    }

    boolean isJoined(String namespace) {
        return joined.contains(namespace);
    }

    /** Keeps a packet for a namespace that is being joined; returns how much is kept now, in bytes. */
    int queue(Gen1Packet packet) {
        joining.getOrDefault(packet.namespace(), new ArrayList<>()).add(packet);
        queuedBytes += size(packet);
        return queuedBytes;
    }

    private static int size(Gen1Packet packet) {
        return OVERHEAD + packet.data().length() + packet.query().length();
    }
}
