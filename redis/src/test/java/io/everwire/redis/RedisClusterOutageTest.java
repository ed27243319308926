package io.everwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.ServerOptions;
import io.everwire.adapter.ClusterState.Health;
import io.everwire.cluster.ClusterOptions;
import io.everwire.cluster.SubscriptionMode;
import io.everwire.testkit.TestClient;
import io.everwire.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Servers of a real Redis Cluster that end, and slots that move. The cluster is of this class alone: its servers may lose messages of one
 * another for a while afterwards.
 */
class RedisClusterOutageTest {
    private static RedisClusterProcess redis;

    @BeforeAll
    static void start() throws Exception {
        redis = RedisClusterProcess.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (redis != null) {
            redis.close();
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
            await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> {
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
            joined.get(60, TimeUnit.SECONDS);
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
