package io.everwire.spring.boot;

import io.everwire.Host;
import io.everwire.Namespace;
import io.everwire.ServerCounters;
import io.everwire.SocketIoServer;
import io.everwire.adapter.ClusterState;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Shows the state of the server. It names no client, room or dynamic namespace: clients choose those names. */
@Endpoint(id = "everwire")
public final class SocketIoEndpoint {
    private final SocketIoServer server;
    private final ObjectProvider<ActiveHost> host;

    SocketIoEndpoint(SocketIoServer server, ObjectProvider<ActiveHost> host) {
        this.server = server;
        this.host = host;
    }

    /** Returns sessions, sockets, bytes and options. */
    @ReadOperation
    public Map<String, Object> server() {
        ServerCounters counters = server.counters();
        ActiveHost active = host.getIfAvailable();
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("host", active == null ? "none" : active.description());
        state.put("ports", server.hosts().stream().map(Host::description).toList());
        state.put("sessions", counters.sessionsByTransport());
        state.put("sockets", counters.socketsByNamespace());
        state.put("dynamicSockets", counters.dynamicSockets());
        state.put("rooms", rooms());
        state.put(
                "bytes",
                Map.of(
                        "queued", counters.queuedBytes(),
                        "input", counters.inputBytes(),
                        "sessions", counters.sessionBytes()));
        ClusterState cluster = server.clusterState();
        if (!cluster.equals(ClusterState.ALONE)) {
            state.put("cluster", ClusterDetails.withServers(cluster));
        }
        state.put("options", server.options().toString());
        return state;
    }

    /** Returns the number of rooms of each namespace that is not dynamic. */
    private Map<String, Integer> rooms() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        List<String> names = server.counters().socketsByNamespace().keySet().stream()
                .sorted(Comparator.naturalOrder())
                .toList();
        for (String name : names) {
            Namespace namespace = server.namespaces().get(name);
            if (namespace != null) {
                counts.put(name, namespace.rooms().size());
            }
        }
        return counts;
    }
}
