package io.everwire.netty.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.LimitOptions;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.engine.Engine;
import io.everwire.engine.OutputBudget;
import io.everwire.netty.NettyOptions;
import io.everwire.netty.NettyServer;
import io.everwire.testkit.host.RawPeer;
import io.everwire.testkit.host.eio4.JoinedPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many clients that stop reading, each within its own limit, over real sockets: their queued bytes together are
 * limited.
 */
@Timeout(300) // 60 MB are sent, with the checks of leaks: 30 s on a busy machine
class SlowClientsTest {
    private static final int TOTAL = 4_000_000;
    private static final int SLOW = 8;
    private static final String PAYLOAD = "x".repeat(4_000);

    private static final int BURST = 25;

    /** 20 MB for each client: more than systems buffer for a peer that does not read. */
    private static final int BURSTS = 200;

    /** A client that does not read answers no ping, and would end as one that has left. */
    private static final Duration NO_PING = Duration.ofMinutes(10);

    private static final String POLL = "/socket.io/?EIO=4&transport=polling";

    private final SocketIoServer server = SocketIoServer.create(ServerOptions.builder()
            .limits(LimitOptions.builder().maxQueuedBytesTotal(TOTAL).build())
            .httpCompression(Integer.MAX_VALUE)
            .pingInterval(NO_PING)
            .build());
    private final List<AutoCloseable> peers = new ArrayList<>();
    private NettyServer port = null;

    @BeforeEach
    void open() throws IOException {
        port = NettyServer.builder(server)
                .options(NettyOptions.builder().workerThreads(1).build())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable peer : peers) {
            peer.close();
        }
        server.close();
        port.close().get(60, TimeUnit.SECONDS);
    }

    @Test
    void webSocketsThatAreNotRead() throws Exception {
        JoinedPeer reading = keep(JoinedPeer.open(port.address()));
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < SLOW; i++) {
            slow.add(socket(keep(JoinedPeer.open(port.address(), 4_096))));
        }

        for (Socket socket : slow) {
            long enough = budget().held() + 1_000_000;
            for (int i = 0; i < BURSTS && slow.stream().allMatch(Socket::connected) && budget().held() < enough; i++) {
                for (int j = 0; j < BURST; j++) {
                    socket.emit("e", PAYLOAD);
                }
                server.in(reading.id()).emit("still");
                assertThat(reading.next()).isEqualTo("42[\"still\"]");
            }
        }

        await().until(() -> slow.stream().anyMatch(socket -> !socket.connected()) && budget().held() <= TOTAL);
        assertThat(budget().held()).as("some clients are not evicted").isPositive();
        assertThat(slow).anyMatch(Socket::connected);
        for (Socket socket : slow) {
            socket.disconnect(true);
        }
        await().until(() -> budget().held() == 0);
    }

    @Test
    void answersToPollsThatAreNotRead() throws Exception {
        Set<String> before = new HashSet<>();
        for (int i = 0; i < SLOW; i++) {
            RawPeer peer = keep(RawPeer.open(port.address(), 4_096));
            String sid = join(peer);
            server.sockets().values().stream()
                    .filter(socket -> before.add(socket.id()))
                    .forEach(socket -> socket.emit("e", "x".repeat(7_000_000)));
            peer.send("GET " + POLL + "&sid=" + sid + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }

        await().until(() -> server.engine().clientsCount() < SLOW && budget().held() <= TOTAL);
    }

    private static String join(RawPeer peer) throws IOException {
        String open = peer.send("GET " + POLL + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .answer();
        String sid = open.replaceFirst("(?s).*\"sid\":\"([^\"]+).*", "$1");
        peer.send("POST " + POLL + "&sid=" + sid + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n40");
        assertThat(peer.answer()).endsWith("ok");
        peer.send("GET " + POLL + "&sid=" + sid + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(peer.answer()).contains("40{");
        return sid;
    }

    private Socket socket(JoinedPeer peer) {
        await().until(() -> server.sockets().containsKey(peer.id()));
        return Objects.requireNonNull(server.sockets().get(peer.id()));
    }

    private OutputBudget budget() {
        return server.unwrap(Engine.class).budget();
    }

    private <T extends AutoCloseable> T keep(T peer) {
        peers.add(peer);
        return peer;
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20));
    }
}
