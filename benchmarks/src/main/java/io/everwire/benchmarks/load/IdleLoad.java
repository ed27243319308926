package io.everwire.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A load of connected clients that send only heartbeats. */
final class IdleLoad implements Load {
    private final ClientGroup group;
    private final int connections;

    IdleLoad(ClientGroup group, int connections) {
        this.group = group;
        this.connections = connections;
    }

    @Override
    public void open() {
        List<Supplier<WebSocketPeer>> all = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            all.add(Peer::new);
        }
        group.open(all);
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}

    /** Returns the number of clients that are still connected. */
    @Override
    public long done() {
        group.check();
        return connections;
    }

    @Override
    public Latencies latencies() {
        return new Latencies();
    }

    @Override
    public void close() {
        group.close();
    }

    private final class Peer extends WebSocketPeer {
        Peer() {
            super(Dialect.EIO4, "");
        }

        @Override
        void ready() {
            group.ready();
        }

        @Override
        void ended(boolean asked) {
            if (!asked) {
                group.ended("idle");
            }
        }
    }
}
