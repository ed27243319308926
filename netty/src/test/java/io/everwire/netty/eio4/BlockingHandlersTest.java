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
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handlers, middleware and listeners that block, over real sockets: other clients are not delayed. */
@Timeout(120)
class BlockingHandlersTest {
    /** More than the number of event loops, and of the first threads in the pool of JDK 17. */
    private static final int WAITING = 100;

    private final SocketIoServer server =
            SocketIoServer.create(ServerOptions.builder().build());
    private final CountDownLatch inside = new CountDownLatch(WAITING);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<JoinedPeer> waiting = new ArrayList<>();
    private NettyServer port = null;

    @BeforeEach
    void open() throws IOException {
        port = NettyServer.builder(server).bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.onCall("ask", socket -> "answer");
        server.onCall("wait", Integer.class, (socket, n) -> {
            inside.countDown();
            return gate.await(60, TimeUnit.SECONDS) ? n : -1;
        });
    }

    @AfterEach
    void close() throws Exception {
        gate.countDown();
        for (JoinedPeer peer : waiting) {
            peer.close();
        }
        server.close();
        port.close().get(60, TimeUnit.SECONDS);
    }

    @Test
    void strangersAreAnsweredHeardOfAndReachedMeanwhile() throws Exception {
        for (int i = 0; i < WAITING; i++) {
            waiting.add(JoinedPeer.open(port.address()).send("420[\"wait\"," + i + "]"));
        }
        assertThat(inside.await(60, TimeUnit.SECONDS)).isTrue();

        try (JoinedPeer stranger = JoinedPeer.open(port.address())) {
            assertThat(stranger.send("427[\"ask\"]").next()).isEqualTo("437[\"answer\"]");
            server.emit("news");
            assertThat(stranger.next()).isEqualTo("42[\"news\"]");
        }
        // Clients with blocked handlers receive messages, too, and in order.
        JoinedPeer first = waiting.get(0);
        assertThat(first.next()).isEqualTo("42[\"news\"]");
        first.send("421[\"ask\"]").send("422[\"wait\",7]").send("423[\"ask\"]");
        gate.countDown();

        assertThat(List.of(first.next(), first.next(), first.next(), first.next()))
                .containsExactly("430[0]", "431[\"answer\"]", "432[7]", "433[\"answer\"]");
        for (int i = 1; i < WAITING; i++) {
            assertThat(waiting.get(i).next()).isEqualTo("42[\"news\"]");
            assertThat(waiting.get(i).next()).isEqualTo("430[" + i + "]");
        }
    }

    @Test
    void middlewareThatWaitsDelaysOnlyThoseItIsAskedAbout() throws Exception {
        CountDownLatch asked = new CountDownLatch(WAITING);
        server.of("/slow").use(socket -> {
            asked.countDown();
            gate.await(60, TimeUnit.SECONDS);
        });
        for (int i = 0; i < WAITING; i++) {
            waiting.add(JoinedPeer.open(port.address()).send("40/slow,"));
        }
        assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();

        // The same connections in another namespace, and a new connection.
        assertThat(waiting.get(0).send("420[\"ask\"]").next()).isEqualTo("430[\"answer\"]");
        try (JoinedPeer stranger = JoinedPeer.open(port.address())) {
            assertThat(stranger.send("427[\"ask\"]").next()).isEqualTo("437[\"answer\"]");
        }
        gate.countDown();

        for (JoinedPeer peer : waiting) {
            assertThat(peer.next()).startsWith("40/slow,{\"sid\":");
        }
    }
}
