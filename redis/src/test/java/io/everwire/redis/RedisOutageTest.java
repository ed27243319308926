package io.everwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.ServerOptions;
import io.everwire.adapter.ClusterState.Health;
import io.everwire.cluster.ClusterEmitter;
import io.everwire.cluster.ClusterOptions;
import io.everwire.cluster.SubscriptionMode;
import io.everwire.testkit.TestClient;
import io.everwire.testkit.TestEvent;
import io.everwire.testkit.TestServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Redis is killed, stopped, or not there yet. The time of the servers is virtual, so that no outage is too long for them. */
class RedisOutageTest {
    private RedisProcess redis;
    private final List<TestServer> servers = new ArrayList<>();
    private final List<TestClient> clients = new ArrayList<>();

    static List<ClusterOptions> modes() {
        return List.of(
                ClusterOptions.DEFAULTS,
                ClusterOptions.builder().exactSubscriptions(true).build(),
                ClusterOptions.builder().sharded(SubscriptionMode.DYNAMIC).build());
    }

    @BeforeEach
    void start() throws Exception {
        redis = RedisProcess.start();
    }

    @AfterEach
    void stop() throws Exception {
        servers.forEach(TestServer::close);
        if (redis != null) {
            redis.close();
        }
    }

    private void servers(int count, ClusterOptions options) {
        for (int i = 0; i < count; i++) {
            servers.add(TestServer.create(ServerOptions.builder()
                    .adapter(RedisAdapters.create(redis.uri(), options))
                    .closeTimeout(Duration.ofSeconds(2))
                    .build()));
        }
        awaitHealth(Health.UP);
        servers.forEach(server ->
                server.server().ready().orTimeout(60, TimeUnit.SECONDS).join());
        servers.forEach(server -> clients.add(server.connect()));
        await().atMost(60, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(clients).allMatch(TestClient::connected));
        servers.forEach(server -> server.advance(ClusterOptions.DEFAULTS.heartbeatInterval()));
        await().atMost(60, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(servers)
                        .allMatch(server -> server.server().clusterState().servers() == servers.size()));
    }

    private void awaitHealth(Health health) {
        await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> {
            // The line tries again on the time of its server.
            servers.forEach(server -> server.advance(Duration.ofMillis(20)));
            assertThat(servers)
                    .allMatch(server -> server.server().clusterState().health() == health);
        });
    }

    @ParameterizedTest
    @MethodSource("modes")
    void afterARestartEverythingIsHeardAgain(ClusterOptions options) throws Exception {
        servers(2, options);
        TestServer first = servers.get(0);
        first.server().to(clients.get(1).id()).socketsJoin("r");
        await().atMost(60, TimeUnit.SECONDS)
                .until(() -> servers.get(1)
                        .server()
                        .sockets()
                        .get(clients.get(1).id())
                        .rooms()
                        .contains("r"));
        redis.kill();
        awaitHealth(Health.DOWN);

        for (int i = 0; i < 50; i++) {
            first.server().emit("e", i);
        }
        assertThat(clients.get(0).received()).hasSize(50);

        redis.begin();
        awaitHealth(Health.UP);
        first.server().to("r").emit("room", "after");
        List<TestEvent> all = new ArrayList<>(
                IntStream.range(0, 50).mapToObj(i -> TestEvent.of("e", i)).toList());
        all.add(TestEvent.of("room", "after"));
        await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> {
            first.advance(Duration.ofMillis(20));
            assertThat(clients.get(1).received()).containsExactlyElementsOf(all);
        });
        assertThat(first.server().serverCount().get(60, TimeUnit.SECONDS)).isEqualTo(2);
    }

    @Test
    void aStoppedRedisDelaysNothingHere() throws Exception {
        servers(2, ClusterOptions.DEFAULTS);
        redis.signal("STOP");
        TestServer first = servers.get(0);
        long begin = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            first.server().emit("e", i);
        }
        CompletableFuture<?> fetched = first.server().fetchAvailableSockets();
        first.advance(Duration.ofSeconds(5));
        assertThat(clients.get(0).received()).hasSize(100);
        assertThat(fetched).isCompleted();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));

        redis.signal("CONT");
        List<TestEvent> all =
                IntStream.range(0, 100).mapToObj(i -> TestEvent.of("e", i)).toList();
        await().atMost(60, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(clients.get(1).received()).containsExactlyElementsOf(all));
    }

    @Test
    void aServerStartsWithoutRedisAndJoinsLater() throws Exception {
        redis.kill();
        TestServer early = TestServer.create(ServerOptions.builder()
                .adapter(RedisAdapters.create(redis.uri()))
                .closeTimeout(Duration.ofSeconds(2))
                .build());
        servers.add(early);
        TestClient client = early.connect();
        assertThat(client.connected()).isFalse();
        early.advance(Duration.ofSeconds(5));
        assertThat(client.connected()).isTrue();
        assertThat(early.server().clusterState().health()).isEqualTo(Health.DOWN);

        redis.begin();
        awaitHealth(Health.UP);
        servers(1, ClusterOptions.DEFAULTS);
        servers.get(1).server().emit("e", 1);
        await().atMost(60, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(client.received()).containsExactly(TestEvent.of("e", 1)));
    }

    @Test
    void nothingRemainsSubscribed() throws Exception {
        servers(2, ClusterOptions.builder().exactSubscriptions(true).build());
        servers.get(0).server().of("/other");
        servers.forEach(TestServer::close);
        servers.clear();

        RedisClient client = RedisClient.create(redis.uri());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> {
                assertThat(connection.sync().pubsubChannels()).isEmpty();
                assertThat(connection.sync().pubsubNumpat()).isZero();
            });
        } finally {
            client.shutdown();
        }
    }

    @ParameterizedTest
    @MethodSource("modes")
    void anEmitterReachesClients(ClusterOptions options) throws Exception {
        servers(2, options);
        ClusterEmitter emitter = RedisEmitter.create(redis.uri(), options);
        emitter.emit("all", "text", 1.5).get(60, TimeUnit.SECONDS);
        emitter.to(clients.get(0).id())
                .emit("binary", (Object) new byte[] {1, 2})
                .get(60, TimeUnit.SECONDS);
        emitter.in(clients.get(0).id()).socketsJoin("r").get(60, TimeUnit.SECONDS);
        await().atMost(60, TimeUnit.SECONDS)
                .until(() -> servers.get(0)
                        .server()
                        .sockets()
                        .get(clients.get(0).id())
                        .rooms()
                        .contains("r"));
        emitter.except("r").emit("others").get(60, TimeUnit.SECONDS);
        emitter.disconnectSockets(true).get(60, TimeUnit.SECONDS);

        await().atMost(60, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(clients).noneMatch(TestClient::connected));
        assertThat(clients.get(0).received()).extracting(TestEvent::name).containsExactly("all", "binary");
        assertThat((byte[]) clients.get(0).received().get(1).args().get(0)).containsExactly(1, 2);
        assertThat(clients.get(1).received()).containsExactly(TestEvent.of("all", "text", 1.5), TestEvent.of("others"));
        emitter.closeAsync().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
