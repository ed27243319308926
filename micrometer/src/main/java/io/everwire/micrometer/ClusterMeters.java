package io.everwire.micrometer;

import io.everwire.SocketIoServer;
import io.everwire.adapter.ClusterServer;
import io.everwire.adapter.ClusterState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The meters of a server's connection to its cluster. */
final class ClusterMeters {
    private ClusterMeters() {}

    /** Adds the meters, if the server has a cluster adapter. */
    static void add(MeterRegistry registry, SocketIoServer server) {
        if (server.clusterState().equals(ClusterState.ALONE)) {
            return;
        }
        Gauge.builder(
                        "everwire.cluster.servers",
                        server,
                        now -> now.clusterState().servers())
                .description("Servers of the cluster, this one included")
                .register(registry);
        for (ClusterServer.Kind kind : ClusterServer.Kind.values()) {
            Gauge.builder("everwire.cluster.others", server, now -> others(now, kind))
                    .description("Other servers that are known")
                    .tags("kind", lower(kind))
                    .register(registry);
        }
        for (ClusterState.Health health : ClusterState.Health.values()) {
            Gauge.builder(
                            "everwire.cluster.state",
                            server,
                            now -> now.clusterState().health() == health ? 1 : 0)
                    .description("1 for the present state, 0 for the others")
                    .tags("state", lower(health))
                    .register(registry);
        }
        TimeGauge.builder("everwire.cluster.lag", server, TimeUnit.MILLISECONDS, ClusterMeters::lag)
                .description("Time that the last heartbeat took to come back")
                .register(registry);
        FunctionCounter.builder(
                        "everwire.cluster.messages",
                        server,
                        now -> now.clusterState().sent())
                .description("Messages to and from other servers")
                .tags("direction", "out")
                .register(registry);
        FunctionCounter.builder(
                        "everwire.cluster.messages",
                        server,
                        now -> now.clusterState().received())
                .description("Messages to and from other servers")
                .tags("direction", "in")
                .register(registry);
        FunctionCounter.builder(
                        "everwire.cluster.dropped",
                        server,
                        now -> now.clusterState().dropped())
                .description("Messages to and from other servers that were dropped")
                .register(registry);
        Gauge.builder(
                        "everwire.cluster.outbox",
                        server,
                        now -> now.clusterState().outboxBytes())
                .description("Bytes of messages that were not handed over yet")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
    }

    private static double others(SocketIoServer server, ClusterServer.Kind kind) {
        return server.clusterState().others().stream()
                .filter(other -> other.kind() == kind)
                .count();
    }

    private static double lag(SocketIoServer server) {
        long millis = server.clusterState().lagMillis();
        return millis < 0 ? Double.NaN : millis;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
