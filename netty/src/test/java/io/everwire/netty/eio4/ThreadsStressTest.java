package io.everwire.netty.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.netty.NettyServer;
import io.everwire.testkit.host.eio4.JoinedPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many threads emit while clients connect, join, leave and disconnect, over real sockets. At the end, the server holds
 * none of them.
 */
@Timeout(120)
class ThreadsStressTest {
    private static final int EMITTERS = 3;
    private static final int EVENTS = 1_000;
    private static final int VISITORS = 3;
    private static final int VISITS = 40;

    private final SocketIoServer server = SocketIoServer.create(
            ServerOptions.builder().maxQueuedBytes(1 << 30).build());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch gone = new CountDownLatch(VISITORS * VISITS);
    private NettyServer port = null;

    @BeforeEach
    void open() throws IOException {
        port = NettyServer.builder(server).bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.onConnection(socket -> socket.join("room"));
        server.onCall("in", socket -> socket.rooms().contains("room"));
        server.onDisconnecting((socket, reason) -> socket.to("room").emit("gone", socket.id()));
        server.onDisconnect((socket, reason) -> gone.countDown());
    }

    @AfterEach
    void close() throws Exception {
        threads.shutdownNow();
        server.close();
        port.close().get(60, TimeUnit.SECONDS);
    }

    @Test
    void connectedClientsReceiveAllInOrderAndDisconnectedOnesAreForgotten() throws Exception {
        List<Future<?>> readers = new ArrayList<>();
        List<Future<?>> work = new ArrayList<>();
        try (JoinedPeer first = JoinedPeer.open(port.address());
                JoinedPeer second = JoinedPeer.open(port.address())) {
            for (JoinedPeer stayer : List.of(first, second)) {
                assertThat(stayer.send("420[\"in\"]").next()).isEqualTo("430[true]");
                readers.add(threads.submit(() -> readToTheEnd(stayer)));
            }
            for (int i = 0; i < EMITTERS; i++) {
                int emitter = i;
                work.add(threads.submit(() -> emit(emitter)));
            }
            for (int i = 0; i < VISITORS; i++) {
                work.add(threads.submit(this::visit));
            }
            for (Future<?> part : work) {
                part.get(60, TimeUnit.SECONDS);
            }
            assertThat(gone.await(60, TimeUnit.SECONDS)).isTrue();
            server.to("room").emit("end");
            for (Future<?> reader : readers) {
                assertThat(reader.get(60, TimeUnit.SECONDS)).isEqualTo(VISITORS * VISITS);
            }
            assertThat(server.sockets().keySet()).containsExactlyInAnyOrder(first.id(), second.id());
            assertThat(server.in("room").sockets()).hasSize(2);
        }
    }

    /** Emits to all clients, to the room, and to each client by its id in turn, which must not change the order. */
    private void emit(int emitter) {
        for (int n = 0; n < EVENTS; n++) {
            if (n % 3 == 0) {
                server.except("nobody").emit("e", emitter, n);
            } else if (n % 3 == 1) {
                server.to("room", "nobody").emit("e", emitter, n);
            } else {
                int number = n;
                server.sockets().values().forEach(socket -> socket.emit("e", emitter, number));
            }
        }
    }

    private int visit() throws IOException {
        for (int n = 0; n < VISITS; n++) {
            try (JoinedPeer visitor = JoinedPeer.open(port.address())) {
                visitor.send("420[\"in\"]");
                Map<String, Integer> latest = new HashMap<>();
                String packet = visitor.next();
                for (; !packet.equals("430[true]"); packet = visitor.next()) {
                    advance(latest, packet);
                }
                if (n % 2 == 0) {
                    visitor.send("41");
                }
            }
        }
        return VISITS;
    }

    /** Reads until the event that marks the end; returns the number of clients whose departure was received. */
    private static int readToTheEnd(JoinedPeer stayer) throws IOException {
        Map<String, Integer> latest = new HashMap<>();
        int left = 0;
        for (String packet = stayer.next(); !packet.equals("42[\"end\"]"); packet = stayer.next()) {
            left += packet.startsWith("42[\"gone\"") ? 1 : 0;
            int step = advance(latest, packet);
            assertThat(step).as(packet).isLessThanOrEqualTo(1);
        }
        assertThat(latest)
                .hasSize(EMITTERS)
                .allSatisfy((emitter, n) -> assertThat(n).isEqualTo(EVENTS - 1));
        return left;
    }

    /**
     * Returns the distance of an event from the one before of the same emitter; 0 for all others. It is never negative.
     */
    private static int advance(Map<String, Integer> latest, String packet) {
        if (!packet.startsWith("42[\"e\",")) {
            return 0;
        }
        String[] parts = packet.substring(7, packet.length() - 1).split(",", 2);
        int n = Integer.parseInt(parts[1]);
        Integer before = latest.put(parts[0], n);
        int step = before == null ? 1 : n - before;
        assertThat(step).as(packet).isPositive();
        return step;
    }
}
