package io.everwire.spring.boot;

import io.everwire.Host;
import io.everwire.Namespace;
import io.everwire.ServerCounters;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.adapter.ClusterState;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Shows the state of the server. It names no client and no dynamic namespace, because clients choose those names, and of rooms only the
 * biggest.
 */
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

    /** Returns the rooms of each namespace that is not dynamic. */
    private Map<String, Rooms> rooms() {
        Map<String, Rooms> all = new TreeMap<>();
        for (String name : server.counters().socketsByNamespace().keySet()) {
            Namespace namespace = server.namespaces().get(name);
            if (namespace != null) {
                all.put(name, Rooms.of(namespace));
            }
        }
        return all;
    }

    /**
     * The rooms of a namespace on this server, without the room that each socket has for itself.
     *
     * @param count the number of rooms
     * @param biggest the rooms with the most sockets, the biggest first
     */
    record Rooms(int count, List<Room> biggest) {
        private static final int MAX_BIGGEST = 10;

        static Rooms of(Namespace namespace) {
            Map<String, Integer> sizes = new HashMap<>();
            for (Socket socket : namespace.sockets().values()) {
                for (String room : socket.rooms()) {
                    if (!room.equals(socket.id())) {
                        sizes.merge(room, 1, Integer::sum);
                    }
                }
            }
            return new Rooms(
                    sizes.size(),
                    sizes.entrySet().stream()
                            .sorted(Map.Entry.<String, Integer>comparingByValue()
                                    .reversed()
                                    .thenComparing(Map.Entry.comparingByKey()))
                            .limit(MAX_BIGGEST)
                            .map(entry -> Room.of(entry.getKey(), entry.getValue()))
                            .toList());
        }
    }

    /**
     * A room.
     *
     * @param name the name; only the beginning of a long one
     * @param sockets the number of sockets of this server
     */
    record Room(String name, int sockets) {
        private static final int MAX_NAME = 100;

        static Room of(String name, int sockets) {
            return new Room(name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "…", sockets);
        }
    }
}
