package io.everwire.spring.boot;

import io.everwire.adapter.ClusterServer;
import io.everwire.adapter.ClusterState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The state of a cluster, for the health and the endpoint. */
final class ClusterDetails {
    private ClusterDetails() {}

    /** Returns the numbers. */
    static Map<String, Object> of(ClusterState state) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("state", state.health().name());
        details.put("servers", state.servers());
        details.put("lagMillis", state.lagMillis());
        details.put("dropped", state.dropped());
        details.put("outboxBytes", state.outboxBytes());
        return details;
    }

    /** Returns the numbers, and the other servers. */
    static Map<String, Object> withServers(ClusterState state) {
        Map<String, Object> details = of(state);
        details.put("sent", state.sent());
        details.put("received", state.received());
        List<Map<String, Object>> others =
                state.others().stream().map(ClusterDetails::server).toList();
        details.put("others", others);
        return details;
    }

    private static Map<String, Object> server(ClusterServer server) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("id", server.id());
        details.put("kind", server.kind().name());
        details.put("version", server.version());
        details.put("mode", server.mode());
        details.put("silentMillis", server.silentMillis());
        return details;
    }
}
