package io.everwire.netty.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.DropReason;
import io.everwire.EmitResult;
import io.everwire.Overflow;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.netty.NettyOptions;
import io.everwire.netty.NettyServer;
import io.everwire.testkit.host.eio4.JoinedPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A client that stops reading while its room receives broadcasts, over real sockets: its queued bytes are limited, and
 * others are not delayed.
 */
@Timeout(120)
class SlowReaderTest {
    private static final int QUEUE = 1_000_000;
    private static final String PAYLOAD = "x".repeat(10_000);

    /** The number of messages between two checks that the other client keeps up. */
    private static final int BURST = 10;

    /** The limit, plus one burst that was emitted and is on its way to the event loop. */
    private static final int MOST = QUEUE + (BURST + 1) * (PAYLOAD.length() + 100);

    /** More than systems buffer for a peer that does not read, which is some megabytes on a loopback. */
    private static final int BURSTS = 400;

    private final SocketIoServer server =
            SocketIoServer.create(ServerOptions.builder().maxQueuedBytes(QUEUE).build());
    private final Map<String, CompletableFuture<String>> ends = new ConcurrentHashMap<>();
    private final CountDownLatch joined = new CountDownLatch(2);
    private NettyServer port = null;

    @BeforeEach
    void open() throws IOException {
        port = NettyServer.builder(server)
                .options(NettyOptions.builder().workerThreads(1).build())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.onConnection(socket -> {
            socket.join("room");
            ends.put(socket.id(), new CompletableFuture<>());
            joined.countDown();
        });
        server.onDisconnect((socket, reason) ->
                Objects.requireNonNull(ends.get(socket.id())).complete(reason.toString()));
    }

    @AfterEach
    void close() throws Exception {
        server.close();
        port.close().get(60, TimeUnit.SECONDS);
    }

    @Test
    void itIsClosedWhenTooMuchWaitsAndTheOthersHearEverything() throws Exception {
        try (JoinedPeer slow = JoinedPeer.open(port.address(), 4_096);
                JoinedPeer good = JoinedPeer.open(port.address())) {
            assertThat(joined.await(60, TimeUnit.SECONDS)).isTrue();

            for (int burst = 0; burst < BURSTS; burst++) {
                broadcast(burst);
                read(good, burst);
            }

            assertThat(ends.get(slow.id())).succeedsWithin(60, TimeUnit.SECONDS).isEqualTo("transport error");
            assertThat(ends.get(good.id())).isNotDone();
            assertThat(server.in("room").sockets()).hasSize(1);
        }
    }

    @Test
    void inANamespaceThatDropsItStaysAndHearsTheNewestOnceItReads() throws Exception {
        server.of("/").overflow(Overflow.DROP);
        try (JoinedPeer slow = JoinedPeer.open(port.address(), 4_096);
                JoinedPeer good = JoinedPeer.open(port.address())) {
            assertThat(joined.await(60, TimeUnit.SECONDS)).isTrue();
            Socket socket = Objects.requireNonNull(server.sockets().get(slow.id()));
            CompletableFuture<Void> drained = new CompletableFuture<>();
            Set<EmitResult> outcomes = new HashSet<>();

            for (int burst = 0; burst < BURSTS; burst++) {
                broadcast(burst);
                outcomes.add(socket.emit("own", PAYLOAD));
                assertThat(socket.pressure()).isLessThanOrEqualTo(MOST);
                read(good, burst);
            }
            assertThat(outcomes)
                    .containsExactlyInAnyOrder(EmitResult.ACCEPTED, EmitResult.dropped(DropReason.QUEUE_FULL));
            assertThat(socket.pressure()).isPositive();
            assertThat(ends.get(slow.id())).isNotDone();

            socket.onDrain(() -> drained.complete(null));
            drained.thenRun(() -> socket.emit("newest"));
            int heard = 0;
            for (String packet = slow.next(); !packet.equals("42[\"newest\"]"); packet = slow.next()) {
                heard++;
            }
            assertThat(heard).isBetween(QUEUE / PAYLOAD.length(), BURSTS * (BURST + 1) - 1);
            assertThat(socket.connected()).isTrue();
        }
    }

    private void broadcast(int burst) {
        for (int i = 0; i < BURST; i++) {
            server.to("room").emit("e", burst * BURST + i, PAYLOAD);
        }
    }

    /** Reads all messages of a burst, in order. */
    private static void read(JoinedPeer peer, int burst) throws IOException {
        for (int i = 0; i < BURST; i++) {
            assertThat(peer.next()).startsWith("42[\"e\"," + (burst * BURST + i) + ",");
        }
    }
}
