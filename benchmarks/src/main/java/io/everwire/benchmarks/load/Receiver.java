package io.everwire.benchmarks.load;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** One client that counts the events that it receives. */
public final class Receiver implements AutoCloseable {
    private final ClientGroup group;
    private final AtomicLong received = new AtomicLong();

    private Receiver(ClientGroup group) {
        this.group = group;
    }

    /** Connects; returns when the client is connected. */
    public static Receiver open(Clients clients, int port, String query) {
        Receiver receiver = new Receiver(new ClientGroup(clients, port));
        receiver.group.open(List.of(() -> receiver.new Peer(query)));
        return receiver;
    }

    /** Returns the number of events so far. */
    public long received() {
        return received.get();
    }

    @Override
    public void close() {
        group.close();
    }

    private final class Peer extends WebSocketPeer {
        Peer(String query) {
            super(Dialect.EIO4, query);
        }

        @Override
        void ready() {
            group.ready();
        }

        @Override
        void received(int frames) {
            received.addAndGet(frames);
        }
    }
}
