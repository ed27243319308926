package io.everwire.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Clients that are connected and say nothing but what heartbeats ask for. */
final class IdleLoad implements Load {
    private final Crowd crowd;
    private final int connections;

    IdleLoad(Crowd crowd, int connections) {
        this.crowd = crowd;
        this.connections = connections;
    }

    @Override
    public void open() {
        List<Supplier<WebSocketPeer>> all = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            all.add(Peer::new);
        }
        crowd.open(all);
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}

    /** How many are still there. */
    @Override
    public long done() {
        crowd.check();
        return connections;
    }

    @Override
    public Latencies latencies() {
        return new Latencies();
    }

    @Override
    public void close() {
        crowd.close();
    }

    private final class Peer extends WebSocketPeer {
        Peer() {
            super(Dialect.EIO4, "");
        }

        @Override
        void ready() {
            crowd.ready();
        }

        @Override
        void ended(boolean asked) {
            if (!asked) {
                crowd.ended("idle");
            }
        }
    }
}
