package io.everwire.spring.boot;

import io.everwire.ServerCounters;
import io.everwire.SocketIoServer;
import io.everwire.spring.SocketIoLifecycle;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Up while the server accepts clients, out of service while it closes. */
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
        (known == null || known.isRunning() ? health.up() : health.outOfService())
                .withDetail("sessions", counters.sessions())
                .withDetail("queuedBytes", counters.queuedBytes());
    }
}
