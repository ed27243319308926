package io.everwire.spring.boot;

import io.everwire.ServerCounters;
import io.everwire.SocketIoServer;
import io.everwire.adapter.ClusterState;
import io.everwire.spring.SocketIoLifecycle;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Up while the server accepts clients, out of service before its namespaces receive events of other servers and while it closes. The
 * state of the cluster is a detail: a server without the others still serves its clients.
 */
final class SocketIoHealthIndicator extends AbstractHealthIndicator {
    private final SocketIoServer server;
    private final ObjectProvider<SocketIoLifecycle> lifecycle;

    SocketIoHealthIndicator(SocketIoServer server, ObjectProvider<SocketIoLifecycle> lifecycle) {
        this.server = server;
        this.lifecycle = lifecycle;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        SocketIoLifecycle known = lifecycle.getIfAvailable();
        ServerCounters counters = server.counters();
        boolean running = known == null || known.isRunning();
        (running && server.ready().isDone() ? health.up() : health.outOfService())
                .withDetail("sessions", counters.sessions())
                .withDetail("queuedBytes", counters.queuedBytes());
        ClusterState cluster = server.clusterState();
        if (!cluster.equals(ClusterState.ALONE)) {
            health.withDetail("cluster", ClusterDetails.of(cluster));
        }
    }
}
