package io.everwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.ServerOptions;
import io.everwire.adapter.Adapter;
import io.everwire.adapter.ClusterState.Health;
import io.everwire.cluster.ClusterAdapters;
import io.everwire.cluster.ClusterEmitter;
import io.everwire.cluster.ClusterOptions;
import io.everwire.cluster.Subscription.Kind;
import io.everwire.cluster.SubscriptionMode;
import io.everwire.testkit.TestClient;
import io.everwire.testkit.TestEvent;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.adapter.AdapterContract;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of adapters over a real Redis Cluster, and a slot that moves. */
class RedisClusterTest {
    private static RedisClusterProcess redis;
    private static RedisClusterClient client;

    @BeforeAll
    static void start() throws Exception {
        redis = RedisClusterProcess.start();
        client = RedisClusterClient.create(
                redis.uris().stream().map(RedisURI::create).toList());
    }

    @AfterAll
    static void stop() throws Exception {
        if (redis != null) {
            client.shutdown();
            redis.close();
        }
    }

    private abstract static class OnCluster extends AdapterContract {
        private final List<FencedLine> lines = new ArrayList<>();
        private final ClusterOptions options;

        OnCluster(ClusterOptions options) {
            this.options = options;
        }

        @Override
        protected Adapter.Factory factory(int server) {
            RedisLine line = new RedisLine(new ClusterLink(client, false));
            FencedLine fenced = options.sharded() ? FencedLine.sharded(line) : new FencedLine(line, Kind.CHANNEL);
            lines.add(fenced);
            return new ClusterAdapters(options, fenced);
        }

        @Override
        protected int servers() {
            return 3;
        }

        @Override
        protected void settle() {
            FencedLine.settle(lines);
        }

        /** In the dynamic modes, the channels of two rooms may belong to two servers of Redis, which know no common order. */
        @Override
        protected boolean keepsOrderBetweenRooms() {
            return !options.sharded() || options.subscriptionMode() == SubscriptionMode.STATIC;
        }
    }

    @Nested
    class Classic extends OnCluster {
        Classic() {
            super(ClusterOptions.DEFAULTS);
        }
    }

    @Nested
    class ShardedStatic extends OnCluster {
        ShardedStatic() {
            super(ClusterOptions.builder().sharded(SubscriptionMode.STATIC).build());
        }
    }

    @Nested
    class ShardedDynamic extends OnCluster {
        ShardedDynamic() {
            super(ClusterOptions.builder().sharded(SubscriptionMode.DYNAMIC).build());
        }
    }

    @Nested
    class ShardedDynamicPrivate extends OnCluster {
        ShardedDynamicPrivate() {
            super(ClusterOptions.builder()
                    .sharded(SubscriptionMode.DYNAMIC_PRIVATE)
                    .build());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEmitterReachesClients(boolean sharded) throws Exception {
        ClusterOptions options = sharded
                ? ClusterOptions.builder().sharded(SubscriptionMode.DYNAMIC).build()
                : ClusterOptions.DEFAULTS;
        TestServer server = TestServer.create(ServerOptions.builder()
                .adapter(RedisAdapters.createForCluster(redis.uris(), options))
                .closeTimeout(Duration.ofSeconds(2))
                .build());
        try (ClusterEmitter emitter = RedisEmitter.createForCluster(redis.uris(), options)) {
            await().atMost(20, TimeUnit.SECONDS).until(() -> {
                server.advance(Duration.ofMillis(20));
                return server.server().ready().isDone()
                        && server.server().clusterState().health() == Health.UP;
            });
            TestClient reached = server.connect();
            server.server().sockets().get(reached.id()).joinAsync("r").get(20, TimeUnit.SECONDS);
            emitter.emit("all", 1).get(20, TimeUnit.SECONDS);
            emitter.to("r").emit("room", 2).get(20, TimeUnit.SECONDS);
            emitter.to("another").emit("room", 3).get(20, TimeUnit.SECONDS);
            emitter.to(reached.id()).emit("last", 4).get(20, TimeUnit.SECONDS);

            // Channels of different slots keep no order.
            await().atMost(20, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(reached.received())
                            .containsExactlyInAnyOrder(
                                    TestEvent.of("all", 1), TestEvent.of("room", 2), TestEvent.of("last", 4)));
            emitter.closeAsync().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } finally {
            server.close();
        }
    }

    @Test
    void aMovedSlotIsHeardAgain() throws Exception {
        try (Pair pair = new Pair(
                ClusterOptions.builder().sharded(SubscriptionMode.DYNAMIC).build())) {
            pair.start();
            heard(pair.servers, pair.clients.get(1), "before");

            redis.move("socket.io#/#r#");
            heard(pair.servers, pair.clients.get(1), "after");
            redis.move("socket.io#/#");
            await().atMost(20, TimeUnit.SECONDS).untilAsserted(() -> {
                pair.servers.forEach(server -> server.advance(Duration.ofMillis(50)));
                pair.servers.get(0).server().emit("to all");
                assertThat(pair.clients.get(1).received())
                        .anyMatch(event -> event.name().equals("to all"));
            });
        }
    }

    @Test
    void aClusterThatIsKilledIsDown() throws Exception {
        try (Pair pair = new Pair(ClusterOptions.DEFAULTS)) {
            pair.start();
            heard(pair.servers, pair.clients.get(1), "before");
            redis.kill(3);
            pair.awaitHealth(Health.DOWN);
            pair.servers.get(0).server().to("r").emit("here");
            assertThat(pair.clients.get(0).received())
                    .noneMatch(event -> event.name().equals("here"));

            redis.begin(3);
            pair.awaitHealth(Health.UP);
            heard(pair.servers, pair.clients.get(1), "after");
        }
    }

    @Test
    void oneServerOfRedisMayEnd() throws Exception {
        try (Pair pair = new Pair(ClusterOptions.DEFAULTS)) {
            pair.start();
            heard(pair.servers, pair.clients.get(1), "before");
            redis.kill(1);
            heard(pair.servers, pair.clients.get(1), "after");
            redis.begin(1);
            pair.awaitHealth(Health.UP);
        }
    }

    /** Two servers with a client each; that of the second one is in the room r. */
    private static final class Pair implements AutoCloseable {
        private final ClusterOptions options;
        private final List<TestServer> servers = new ArrayList<>();
        private final List<TestClient> clients = new ArrayList<>();

        Pair(ClusterOptions options) {
            this.options = options;
        }

        void start() throws Exception {
            for (int i = 0; i < 2; i++) {
                TestServer server = TestServer.create(ServerOptions.builder()
                        .adapter(RedisAdapters.createForCluster(redis.uris(), options))
                        .closeTimeout(Duration.ofSeconds(2))
                        .build());
                servers.add(server);
                await().atMost(60, TimeUnit.SECONDS).until(() -> {
                    server.advance(Duration.ofMillis(20));
                    return server.server().clusterState().health() == Health.UP
                            && server.server().ready().isDone();
                });
                clients.add(server.connect());
            }
            CompletableFuture<Void> joined =
                    servers.get(1).server().sockets().get(clients.get(1).id()).joinAsync("r");
            joined.get(20, TimeUnit.SECONDS);
        }

        void awaitHealth(Health health) {
            await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> {
                servers.forEach(server -> server.advance(Duration.ofMillis(50)));
                assertThat(servers)
                        .allMatch(server -> server.server().clusterState().health() == health);
            });
        }

        @Override
        public void close() {
            servers.forEach(TestServer::close);
        }
    }

    /** Sends until the client receives it: what is sent while the slot moves may be lost. */
    private static void heard(List<TestServer> servers, TestClient client, String event) {
        await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> {
            servers.forEach(server -> server.advance(Duration.ofMillis(50)));
            servers.get(0).server().to("r").emit(event);
            assertThat(client.received()).anyMatch(received -> received.name().equals(event));
        });
    }
}
