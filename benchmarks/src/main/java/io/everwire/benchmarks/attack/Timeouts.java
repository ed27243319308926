package io.everwire.benchmarks.attack;

import io.everwire.ServerOptions;
import io.everwire.TransportOptions;
import io.everwire.netty.NettyOptions;
import java.time.Duration;
import java.util.List;

/** The timeouts of an attacked server. */
enum Timeouts {
    /** The defaults. */
    USUAL {
        @Override
        void set(ServerOptions.Builder server) {}

        @Override
        void set(NettyOptions.Builder host) {}

        @Override
        Duration unused() {
            return Duration.ofSeconds(20);
        }
    },
    /** Some seconds: a short test sees them pass, and honest clients on a busy machine do not meet them. */
    BRIEF {
        @Override
        void set(ServerOptions.Builder server) {
            heartbeats(server, 3, 8, 1);
            server.connectTimeout(Duration.ofSeconds(10));
        }

        @Override
        void set(NettyOptions.Builder host) {
            host.bodyTimeout(Duration.ofSeconds(2))
                    .keepAliveTimeout(Duration.ofSeconds(5))
                    .closeTimeout(Duration.ofSeconds(1));
        }

        @Override
        Duration unused() {
            return Duration.ofSeconds(8);
        }
    },
    /** As short as cycles of honest clients permit on a busy machine. */
    SOAK {
        @Override
        void set(ServerOptions.Builder server) {
            heartbeats(server, 10, 20, 20);
        }

        @Override
        void set(NettyOptions.Builder host) {}

        @Override
        Duration unused() {
            return Duration.ofSeconds(20);
        }
    };

    /** The transports of sessions that outlive their connection. */
    private static final List<String> RESUMED = List.of("websocket", "xhr-polling", "htmlfile");

    abstract void set(ServerOptions.Builder server);

    abstract void set(NettyOptions.Builder host);

    /** Returns {@code unusedTimeout}. */
    abstract Duration unused();

    /** Sets the interval and the timeout of heartbeats, and the time for a client to come back, in seconds. */
    private static void heartbeats(ServerOptions.Builder server, int interval, int timeout, int close) {
        server.pingInterval(Duration.ofSeconds(interval)).pingTimeout(Duration.ofSeconds(timeout));
        for (String transport : RESUMED) {
            server.transport(
                    transport,
                    TransportOptions.builder()
                            .closeTimeout(Duration.ofSeconds(close))
                            .heartbeatInterval(Duration.ofSeconds(interval))
                            .heartbeatTimeout(Duration.ofSeconds(timeout))
                            .build());
        }
    }
}
