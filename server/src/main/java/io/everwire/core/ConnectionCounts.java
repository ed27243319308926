package io.everwire.core;

import io.everwire.ServerObserver;
import io.everwire.protocol.Generation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts sessions by generation and transport, and the sockets of dynamic namespaces. Changed when a session opens, upgrades or closes,
 * and when a socket joins or leaves a dynamic namespace. Its size is limited by the names of the generations. Any thread.
 */
final class ConnectionCounts {
    private final Map<String, Map<String, LongAdder>> sessions = new ConcurrentHashMap<>();
    private final LongAdder dynamicSockets = new LongAdder();

    private final @Nullable ServerObserver observer;

    ConnectionCounts(List<Generation> generations, @Nullable ServerObserver observer) {
        this.observer = observer;
        for (Generation generation : generations) {
            generation.transports().forEach(transport -> count(generation.name(), transport));
        }
    }

    /**
     * Counts a session for another transport.
     *
     * @param before the transport that it counts for now; empty for a new session
     * @param after the transport that it uses; empty for a session that is closed
     */
    void moved(String generation, String before, String after) {
        if (!before.isEmpty()) {
            count(generation, before).decrement();
        }
        if (!after.isEmpty()) {
            count(generation, after).increment();
        }
        if (observer != null && !before.isEmpty() && !after.isEmpty()) {
            observer.upgraded(generation, after);
        }
    }

    void addDynamicSockets(int delta) {
        dynamicSockets.add(delta);
    }

    int dynamicSockets() {
        return number(dynamicSockets);
    }

    int sessions(String generation) {
        return sessions.getOrDefault(generation, Map.of()).values().stream()
                .mapToInt(ConnectionCounts::number)
                .sum();
    }

    int sessions(String generation, String transport) {
        LongAdder count = sessions.getOrDefault(generation, Map.of()).get(transport);
        return count == null ? 0 : number(count);
    }

    /** Returns a new map, in the order of the names. */
    Map<String, Map<String, Integer>> sessions() {
        Map<String, Map<String, Integer>> all = new TreeMap<>();
        sessions.forEach((generation, counts) -> {
            Map<String, Integer> numbers = new TreeMap<>();
            counts.forEach((transport, count) -> numbers.put(transport, number(count)));
            all.put(generation, numbers);
        });
        return all;
    }

    private LongAdder count(String generation, String transport) {
        return sessions.computeIfAbsent(generation, name -> new ConcurrentHashMap<>())
                .computeIfAbsent(transport, name -> new LongAdder());
    }

    private static int number(LongAdder count) {
        return count.intValue();
    }
}
