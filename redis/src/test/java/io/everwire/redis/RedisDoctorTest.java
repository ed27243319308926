package io.everwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.adapter.ClusterServer;
import io.everwire.cluster.ClusterOptions;
import io.everwire.cluster.SubscriptionMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The doctor examines clusters over a real Redis. */
class RedisDoctorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final ClusterOptions SHARDED =
            ClusterOptions.builder().sharded(SubscriptionMode.DYNAMIC).build();

    private static RedisProcess redis;
    private final List<SocketIoServer> servers = new ArrayList<>();

    @BeforeAll
    static void startRedis() throws Exception {
        redis = RedisProcess.start();
    }

    @AfterAll
    static void stopRedis() throws Exception {
        if (redis != null) {
            redis.close();
        }
    }

    @AfterEach
    void stop() throws Exception {
        servers.forEach(SocketIoServer::close);
        await().atMost(60, TimeUnit.SECONDS)
                .until(() -> !redis.ask("pubsub channels *").contains("socket.io"));
    }

    private void server(ClusterOptions options) throws Exception {
        SocketIoServer server = SocketIoServer.create(ServerOptions.builder()
                .adapter(RedisAdapters.create(redis.uri(), options))
                .build());
        servers.add(server);
        server.ready().get(60, TimeUnit.SECONDS);
    }

    private static ClusterDiagnosis examine(ClusterOptions options) {
        return RedisDoctor.examine(redis.uri(), options, PATIENCE);
    }

    /** Examines until nothing is wrong: on a slow machine an answer may take longer. */
    private static ClusterDiagnosis examineHealthy(ClusterOptions options) {
        return await().atMost(60, TimeUnit.SECONDS).until(() -> examine(options), ClusterDiagnosis::isHealthy);
    }

    @Test
    void healthyServersAreListed() throws Exception {
        server(ClusterOptions.DEFAULTS);
        server(ClusterOptions.builder().exactSubscriptions(true).build());
        ClusterDiagnosis diagnosis = examineHealthy(ClusterOptions.DEFAULTS);

        assertThat(diagnosis.redis()).endsWith("standalone");
        assertThat(diagnosis.servers())
                .extracting(ClusterServer::mode)
                .containsExactlyInAnyOrder("classic", "classic, exact subscriptions");
        assertThat(diagnosis.notes()).anyMatch(note -> note.contains("counts 2 classic servers; 2 answered"));
        // It was no server itself.
        assertThat(servers.get(0).serverCount().get(60, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(servers.get(0).clusterState().others()).hasSize(1);
    }

    @Test
    void shardedServersAreListed() throws Exception {
        server(SHARDED);
        ClusterDiagnosis diagnosis = examineHealthy(SHARDED);

        assertThat(diagnosis.servers()).extracting(ClusterServer::mode).containsExactly("sharded dynamic");
    }

    @Test
    void mixedModesAreAProblem() throws Exception {
        server(ClusterOptions.DEFAULTS);
        assertThat(examine(SHARDED).problems()).anyMatch(problem -> problem.contains("would be alone"));
        server(SHARDED);

        assertThat(examine(SHARDED).problems()).anyMatch(problem -> problem.contains("are classic and others sharded"));
        await().atMost(60, TimeUnit.SECONDS)
                .until(() -> examine(SHARDED).servers().size() == 2);
    }

    @Test
    void anotherPrefixIsAProblem() throws Exception {
        server(ClusterOptions.builder().prefix("socket.io.shop").build());

        assertThat(examine(ClusterOptions.DEFAULTS).problems())
                .containsExactly("No server has the prefix socket.io, but some have: socket.io.shop.");
    }

    @Test
    void aServerThatDoesNotAnswerIsAProblem() throws Exception {
        try (java.net.Socket silent = new java.net.Socket("127.0.0.1", redis.port())) {
            silent.getOutputStream().write("SUBSCRIBE socket.io-request#/#\r\n".getBytes());
            assertThat(silent.getInputStream().read()).isEqualTo('*');
            ClusterDiagnosis diagnosis = examine(ClusterOptions.DEFAULTS);

            assertThat(diagnosis.problems())
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("1 classic servers did not answer");
        }
    }

    @Test
    void missingPermissionsAreAProblem() throws Exception {
        redis.ask("ACL SETUSER poor on >secret resetchannels &socket.io#/* +@all -pubsub");
        String uri = "redis://poor:secret@127.0.0.1:" + redis.port();
        ClusterDiagnosis diagnosis = RedisDoctor.examine(uri, ClusterOptions.DEFAULTS, PATIENCE);

        assertThat(diagnosis.problems()).hasSize(5).allMatch(problem -> problem.contains("NOPERM"));
        // Redis compares the pattern of a subscription literally.
        redis.ask("ACL SETUSER poor resetchannels &socket.io* +@all");
        assertThat(RedisDoctor.examine(uri, ClusterOptions.DEFAULTS, PATIENCE).problems())
                .hasSize(1)
                .first()
                .asString()
                .contains("PSUBSCRIBE socket.io#/#*");
        redis.ask("ACL SETUSER poor &socket.io#/#*");
        await().atMost(60, TimeUnit.SECONDS)
                .until(() -> RedisDoctor.examine(uri, ClusterOptions.DEFAULTS, PATIENCE)
                        .isHealthy());
    }

    @Test
    void aRedisThatIsNotThereIsAProblem() {
        ClusterDiagnosis diagnosis = RedisDoctor.examine("redis://127.0.0.1:1", ClusterOptions.DEFAULTS, PATIENCE);

        assertThat(diagnosis.isHealthy()).isFalse();
        assertThat(diagnosis.problems()).hasSize(1).first().asString().startsWith("Redis cannot be reached");
        assertThat(diagnosis.redis()).isEmpty();
    }
}
