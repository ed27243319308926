package io.everwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.ServerOptions;
import io.everwire.adapter.ClusterState.Health;
import io.everwire.testkit.TestClient;
import io.everwire.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Sentinel names another master after a failure: the servers find it. */
class SentinelTest {
    @Test
    void theServersFollowTheMaster() throws Exception {
        List<TestServer> servers = new ArrayList<>();
        List<TestClient> clients = new ArrayList<>();
        try (RedisProcess master = RedisProcess.start();
                RedisProcess replica = RedisProcess.start(
                        "--replicaof", "127.0.0.1 " + master.port(), "--repl-diskless-sync-delay", "0");
                RedisProcess sentinel = RedisProcess.startSentinel(master)) {
            assertThat(replica.port()).isPositive();
            String uri = "redis-sentinel://127.0.0.1:" + sentinel.port() + "#main";
            for (int i = 0; i < 2; i++) {
                TestServer server = TestServer.create(ServerOptions.builder()
                        .adapter(RedisAdapters.create(uri))
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
            heard(servers, clients.get(1), "before");
            // Sentinel knows the replica from the master, which it asks every 10 s at first.
            await().atMost(30, TimeUnit.SECONDS)
                    .until(() -> sentinel.ask("sentinel replicas main").contains(String.valueOf(replica.port())));
            master.kill();
            heard(servers, clients.get(1), "after");
        } finally {
            servers.forEach(TestServer::close);
        }
    }

    private static void heard(List<TestServer> servers, TestClient client, String event) {
        await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> {
            servers.forEach(server -> server.advance(Duration.ofMillis(50)));
            servers.get(0).server().emit(event);
            assertThat(client.received()).anyMatch(received -> received.name().equals(event));
        });
    }
}
