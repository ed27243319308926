package io.everwire.core;

import io.everwire.ServerCounters;
import io.everwire.engine.Engine;
import java.util.Map;
import java.util.TreeMap;

/** Reads the numbers of the parts of a server. */
final class CoreServerCounters implements ServerCounters {
    private final Engine engine;
    private final NamespaceTable namespaces;
    private final ConnectionCounts counts;

    CoreServerCounters(Engine engine, NamespaceTable namespaces, ConnectionCounts counts) {
        this.engine = engine;
        this.namespaces = namespaces;
        this.counts = counts;
    }

    @Override
    public int sessions() {
        return engine.size();
    }

    @Override
    public int sessions(String generation) {
        return counts.sessions(generation);
    }

    @Override
    public int sessions(String generation, String transport) {
        return counts.sessions(generation, transport);
    }

    @Override
    public Map<String, Map<String, Integer>> sessionsByTransport() {
        return counts.sessions();
    }

    @Override
    public int sockets() {
        return namespaces.lasting().stream()
                        .mapToInt(namespace -> namespace.sockets().size())
                        .sum()
                + dynamicSockets();
    }

    @Override
    public Map<String, Integer> socketsByNamespace() {
        Map<String, Integer> sockets = new TreeMap<>();
        namespaces
                .lasting()
                .forEach(namespace ->
                        sockets.put(namespace.name(), namespace.sockets().size()));
        return sockets;
    }

    @Override
    public int dynamicSockets() {
        return counts.dynamicSockets();
    }

    @Override
    public long queuedBytes() {
        return engine.budget().held();
    }

    @Override
    public long inputBytes() {
        return engine.input().held();
    }

    @Override
    public long sessionBytes() {
        return engine.keptBytes();
    }
}
