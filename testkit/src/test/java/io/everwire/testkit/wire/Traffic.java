package io.everwire.testkit.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The connections of a transcript. Used by the player's thread, which moves their bytes while it waits. */
final class Traffic implements AutoCloseable {
    private final Selector selector = Selector.open();
    private final List<ClientConnection> connections = new ArrayList<>();

    Traffic() throws IOException {}

    /**
     * Returns a new connection that has sent {@code request}. It stays open until the end, even if its name is used
     * again.
     */
    ClientConnection open(InetSocketAddress address, byte[] request, boolean bodiless) throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        ClientConnection connection = new ClientConnection(channel, bodiless);
        connections.add(connection);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, connection);
        connection.send(request);
        return connection;
    }

    /** Has {@link #await} check its condition again soon. Any thread. */
    void wakeup() {
        selector.wakeup();
    }

    /** Waits until {@code met} is true, for a limited time; returns whether it is. */
    boolean await(BooleanSupplier met, long millis) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        drain();
        while (!met.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            // Rounded up: the time that a transcript waits must have passed.
            selector.select(this::receive, TimeUnit.NANOSECONDS.toMillis(left) + 1);
        }
        return true;
    }

    /** Reads all bytes that have arrived. */
    void drain() throws IOException {
        while (selector.selectNow(this::receive) > 0) {
            // More bytes may have arrived.
        }
    }

    /** Returns whether a frame was answered automatically on any connection since the last call. */
    boolean replied() {
        boolean any = false;
        for (ClientConnection connection : connections) {
            any |= connection.replied();
        }
        return any;
    }

    private void receive(SelectionKey key) {
        try {
            ((ClientConnection) key.attachment()).receive();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (ClientConnection connection : connections) {
            connection.leave();
        }
        selector.close();
    }
}
