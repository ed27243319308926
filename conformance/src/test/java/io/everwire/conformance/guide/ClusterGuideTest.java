package io.everwire.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.SocketIoServer;
import io.everwire.conformance.clients.Agent;
import io.everwire.examples.guide.Clusters;
import io.everwire.redis.RedisProcess;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code docs/guide/cluster.md}. */
class ClusterGuideTest {
    private RedisProcess redis;
    private Agent agent;

    @BeforeEach
    void start() throws Exception {
        redis = RedisProcess.start();
        agent = new Agent("cluster.mjs");
    }

    @AfterEach
    void stop() throws Exception {
        if (agent != null) {
            agent.order("end", "");
            agent.close();
        }
        if (redis != null) {
            redis.close();
        }
    }

    @Test
    void serversShareRooms() throws Exception {
        try (SocketIoServer first = Clusters.server(redis.uri());
                SocketIoServer second = Clusters.server(redis.uri())) {
            share(first, second);
            Clusters.emitter(redis.uri()).get(60, TimeUnit.SECONDS);
            agent.inbox("client").take("update", "[42]");
            assertThat(Clusters.found(first).get(60, TimeUnit.SECONDS)).isZero();
            assertThat(Clusters.count(first).get(60, TimeUnit.SECONDS)).isEqualTo(1);
            await().atMost(60, TimeUnit.SECONDS)
                    .until(() -> Clusters.diagnose(redis.uri()).isEmpty());
        }
    }

    @Test
    void anObserverHearsOfTheCluster() {
        List<String> log = new CopyOnWriteArrayList<>();
        try (SocketIoServer first = SocketIoServer.create(Clusters.observed(redis.uri(), log));
                SocketIoServer second = Clusters.server(redis.uri())) {
            await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> {
                assertThat(log).contains("UP, servers: 2").anyMatch(line -> line.startsWith("JAVA "));
                assertThat(first.clusterState().others()).hasSize(1);
                assertThat(second.clusterState().others()).hasSize(1);
            });
        }
    }

    @Test
    void serversShareRoomsInOtherModes() throws Exception {
        try (SocketIoServer first = SocketIoServer.create(Clusters.exact(redis.uri()));
                SocketIoServer second = SocketIoServer.create(Clusters.exact(redis.uri()))) {
            share(first, second);
        }
        try (SocketIoServer first = SocketIoServer.create(Clusters.sharded(redis.uri()));
                SocketIoServer second = SocketIoServer.create(Clusters.sharded(redis.uri()))) {
            share(first, second);
        }
    }

    /** The client is on the second server, and the first one sends. */
    private void share(SocketIoServer first, SocketIoServer second) throws Exception {
        second.onConnection(socket -> socket.onCall("join", String.class, (joining, room) -> joining.joinAsync(room)));
        second.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        first.ready().get(60, TimeUnit.SECONDS);
        second.ready().get(60, TimeUnit.SECONDS);
        await().atMost(60, TimeUnit.SECONDS).until(() -> first.serverCount().get(60, TimeUnit.SECONDS) == 2);
        agent.order(
                "client",
                "client",
                "port",
                second.host().address().getPort(),
                "version",
                "4.8",
                "events",
                List.of("update"));
        agent.order("join", "client", "room", "news");
        first.to("news").emit("update", 1);
        agent.inbox("client").take("update", "[1]");
    }
}
