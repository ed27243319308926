package io.everwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.ServerOptions;
import io.everwire.adapter.Adapter;
import io.everwire.adapter.ClusterState.Health;
import io.everwire.cluster.ClusterAdapters;
import io.everwire.cluster.ClusterEmitter;
import io.everwire.cluster.ClusterOptions;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of adapters over a real Redis Cluster. */
@Tag("once")
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
            FencedLine fenced = options.sharded() ? FencedLine.shardedOnCluster(line) : FencedLine.of(line);
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
            await().atMost(60, TimeUnit.SECONDS).until(() -> {
                server.advance(Duration.ofMillis(20));
                return server.server().ready().isDone()
                        && server.server().clusterState().health() == Health.UP;
            });
            TestClient reached = server.connect();
            server.server().sockets().get(reached.id()).joinAsync("r").get(60, TimeUnit.SECONDS);
            emitter.emit("all", 1).get(60, TimeUnit.SECONDS);
            emitter.to("r").emit("room", 2).get(60, TimeUnit.SECONDS);
            emitter.to("another").emit("room", 3).get(60, TimeUnit.SECONDS);
            emitter.to(reached.id()).emit("last", 4).get(60, TimeUnit.SECONDS);

            // Channels of different slots keep no order.
            await().atMost(60, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(reached.received())
                            .containsExactlyInAnyOrder(
                                    TestEvent.of("all", 1), TestEvent.of("room", 2), TestEvent.of("last", 4)));
            emitter.closeAsync().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } finally {
            server.close();
        }
    }
}
