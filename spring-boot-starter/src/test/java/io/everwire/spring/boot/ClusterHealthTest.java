package io.everwire.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.adapter.Adapter;
import io.everwire.cluster.ClusterOptions;
import io.everwire.redis.RedisAdapters;
import io.everwire.redis.RedisProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The health of an application in a cluster of two servers, over a real Redis that stops and ends. */
class ClusterHealthTest {
    private static final int OUTBOX = 1 << 16;
    private static final ClusterOptions OPTIONS = ClusterOptions.builder()
            .heartbeatInterval(Duration.ofSeconds(1))
            .maxOutboxBytes(OUTBOX)
            .build();

    private static RedisProcess redis;
    private final HttpClient http = HttpClient.newHttpClient();
    private ConfigurableApplicationContext context;
    private SocketIoServer other;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {
        @Bean
        Adapter.Factory cluster() {
            return RedisAdapters.create(redis.uri(), OPTIONS);
        }

        @Bean
        SecurityFilterChain everybody(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }
    }

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

    @BeforeEach
    void start() throws Exception {
        context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.SERVLET)
                .properties(
                        ServletHostTest.NO_JETTY,
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "management.endpoints.web.exposure.include=everwire,health",
                        "management.endpoint.health.show-details=always",
                        "management.endpoint.health.probes.enabled=true")
                .run();
        context.getBean(SocketIoServer.class).ready().get(60, TimeUnit.SECONDS);
        other = SocketIoServer.create(ServerOptions.builder()
                .adapter(RedisAdapters.create(redis.uri(), OPTIONS))
                .build());
    }

    @AfterEach
    void stop() {
        other.close();
        context.close();
    }

    @Test
    void theStateOfTheClusterIsADetail() throws Exception {
        JsonNode up = awaitCluster(
                cluster -> isIn(cluster, "UP") && cluster.get("servers").asInt() == 2);
        assertThat(up.get("lagMillis").asInt()).isBetween(0, 5_000);
        assertThat(up.get("dropped").asInt()).isZero();
        assertThat(up.get("outboxBytes").asInt()).isZero();
        JsonNode others = await().atMost(60, TimeUnit.SECONDS)
                .until(() -> get("/actuator/everwire").at("/cluster/others"), found -> found.size() == 1);
        assertThat(others.get(0).get("kind").asString()).isEqualTo("JAVA");
        assertThat(others.get(0).get("mode").asString()).isEqualTo("classic");

        // Redis hangs, and more is sent than the queue takes.
        redis.signal("STOP");
        SocketIoServer server = context.getBean(SocketIoServer.class);
        try {
            awaitCluster(cluster -> {
                server.emit("news", "x".repeat(1_000));
                return isIn(cluster, "DOWN") && cluster.get("dropped").asInt() > 0;
            });
        } finally {
            redis.signal("CONT");
        }
        // Redis does not take them as fast as they are sent. Otherwise, the state would last for two heartbeats only.
        JsonNode degraded = awaitCluster(cluster -> {
            for (int i = 0; i < 20; i++) {
                server.emit("news", "x".repeat(OUTBOX / 2));
            }
            return isIn(cluster, "DEGRADED");
        });
        assertThat(degraded.get("dropped").asInt()).isPositive();
        JsonNode again = awaitCluster(cluster -> isIn(cluster, "UP"));
        assertThat(again.get("servers").asInt()).isEqualTo(2);
        assertThat(again.get("dropped").asInt())
                .isGreaterThanOrEqualTo(degraded.get("dropped").asInt());
    }

    /** A server without the others still serves its clients, so load balancers must not take it out. */
    @Test
    void theApplicationStaysUpWithoutRedis() throws Exception {
        awaitCluster(cluster -> isIn(cluster, "UP") && cluster.get("servers").asInt() == 2);
        redis.kill();
        try {
            awaitCluster(cluster -> isIn(cluster, "DOWN"));
            assertThat(get("/actuator/health/readiness").get("status").asString())
                    .isEqualTo("UP");
        } finally {
            redis.begin();
        }
        JsonNode up = awaitCluster(
                cluster -> isIn(cluster, "UP") && cluster.get("servers").asInt() == 2);
        assertThat(up.get("lagMillis").asInt()).isNotNegative();
    }

    private static boolean isIn(JsonNode cluster, String state) {
        return cluster.get("state").asString().equals(state);
    }

    /** Waits for a state of the cluster; the health of the application is up at all times. */
    private JsonNode awaitCluster(Predicate<JsonNode> condition) {
        return await().atMost(60, TimeUnit.SECONDS)
                .pollInterval(10, TimeUnit.MILLISECONDS)
                .until(
                        () -> {
                            JsonNode health = get("/actuator/health").at("/components/everwire");
                            assertThat(health.get("status").asString()).isEqualTo("UP");
                            return health.at("/details/cluster");
                        },
                        condition);
    }

    private JsonNode get(String path) throws Exception {
        String port = context.getEnvironment().getProperty("local.server.port");
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new JsonMapper().readTree(response.body());
    }
}
