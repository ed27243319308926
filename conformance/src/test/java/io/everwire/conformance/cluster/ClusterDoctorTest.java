package io.everwire.conformance.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.adapter.Adapter;
import io.everwire.cluster.ClusterOptions;
import io.everwire.cluster.SubscriptionMode;
import io.everwire.conformance.clients.Agent;
import io.everwire.examples.ClusterDoctor;
import io.everwire.redis.RedisAdapters;
import io.everwire.redis.RedisClusterProcess;
import io.everwire.redis.RedisProcess;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** The command {@code ./everwire cluster doctor} beside a Java server and a Node server, on each kind of Redis and in each mode. */
@Tag("once")
class ClusterDoctorTest {
    /** The milliseconds that a run waits for answers; it is repeated if they are late. */
    private static final String WAIT = "500";

    /** The modes of a cluster. */
    enum Kind {
        CLASSIC("classic", "classic", ClusterOptions.DEFAULTS),
        EXACT(
                "classic",
                "classic, exact subscriptions",
                ClusterOptions.builder().exactSubscriptions(true).build()),
        STATIC("static", SubscriptionMode.STATIC),
        DYNAMIC("dynamic", SubscriptionMode.DYNAMIC),
        DYNAMIC_PRIVATE("dynamic-private", SubscriptionMode.DYNAMIC_PRIVATE);

        private final String onNode;
        private final String label;
        private final ClusterOptions options;

        Kind(String onNode, SubscriptionMode mode) {
            this(
                    onNode,
                    "sharded " + onNode,
                    ClusterOptions.builder().sharded(mode).build());
        }

        Kind(String onNode, String label, ClusterOptions options) {
            this.onNode = onNode;
            this.label = label;
            this.options = options;
        }

        private String option() {
            return options.sharded() ? "sharded" : "classic";
        }

        private String other() {
            return options.sharded() ? "classic" : "sharded";
        }
    }

    /** The status and the lines of a run. */
    private record Run(int status, List<String> lines) {
        static Run of(String... arguments) {
            StringWriter printed = new StringWriter();
            int status = new CommandLine(new ClusterDoctor())
                    .setOut(new PrintWriter(printed))
                    .execute(arguments);
            return new Run(status, printed.toString().lines().toList());
        }
    }

    /** The tests on one kind of Redis. */
    abstract static class OnRedis {
        private final List<AutoCloseable> opened = new ArrayList<>();
        private Agent agent;

        /** Starts Redis; returns its address. */
        abstract String start() throws Exception;

        /** Returns the place of Redis for a Node server. */
        abstract Object place();

        abstract Adapter.Factory adapter(ClusterOptions options);

        /** Returns the word for it that the command prints. */
        abstract String description();

        final <T extends AutoCloseable> T opened(T added) {
            opened.add(0, added);
            return added;
        }

        @AfterEach
        void close() throws Exception {
            for (AutoCloseable each : opened) {
                each.close();
            }
            opened.clear();
        }

        private SocketIoServer java(ClusterOptions options) throws Exception {
            SocketIoServer server = SocketIoServer.create(
                    ServerOptions.builder().adapter(adapter(options)).build());
            opened.add(0, server::close);
            server.ready().get(60, TimeUnit.SECONDS);
            return server;
        }

        private void node(String order, String mode) throws Exception {
            agent = opened(new Agent("cluster.mjs"));
            agent.order(order, "node", "redis", place(), "mode", mode);
        }

        @ParameterizedTest
        @EnumSource
        void bothServersAreListed(Kind kind) throws Exception {
            String url = start();
            SocketIoServer java = java(kind.options);
            node("server", kind.onNode);
            await().atMost(60, TimeUnit.SECONDS).until(() -> java.serverCount().get(60, TimeUnit.SECONDS) == 2);
            Run run = await().atMost(60, TimeUnit.SECONDS)
                    .until(() -> Run.of(url, "--mode", kind.option(), "--wait", WAIT), found -> found.status == 0);

            assertThat(run.lines)
                    .as(String.join("\n", run.lines))
                    .anyMatch(line -> line.startsWith("Redis 7") && line.endsWith(description()))
                    .anyMatch(line -> line.startsWith("  Java, Everwire") && line.contains(", " + kind.label + ", "))
                    .anyMatch(line -> line.startsWith("  Node.js, Socket.IO 3 or 4"))
                    .anyMatch(line -> line.equals("note: Redis counts 2 " + kind.option() + " servers; 2 answered."))
                    .endsWith("No problem found.");
            // It was no server itself.
            assertThat(java.serverCount().get(60, TimeUnit.SECONDS)).isEqualTo(2);

            Run wrong = Run.of(url, "--mode", kind.other(), "--wait", WAIT);
            assertThat(wrong.status).isEqualTo(1);
            assertThat(wrong.lines)
                    .anyMatch(line -> line.equals("PROBLEM: The servers with the prefix socket.io are " + kind.option()
                            + ": a " + kind.other() + " server would be alone."));
            Run another = Run.of(url, "--prefix", "shop", "--mode", kind.option());
            assertThat(another.status).isEqualTo(1);
            assertThat(another.lines)
                    .anyMatch(line -> line.equals("PROBLEM: No server has the prefix shop, but some have: socket.io."));
        }

        /** Some classic and some sharded servers have the same prefix. */
        @ParameterizedTest
        @EnumSource(names = {"CLASSIC", "DYNAMIC"})
        void serversOfTwoModesAreAProblem(Kind kind) throws Exception {
            String url = start();
            java(kind.options);
            node("server", kind == Kind.CLASSIC ? "dynamic" : "classic");
            Run run = await().atMost(60, TimeUnit.SECONDS)
                    .until(
                            () -> Run.of(url, "--mode", kind.option(), "--wait", WAIT),
                            found -> found.lines.stream().anyMatch(line -> line.startsWith("  Node.js")));

            assertThat(run.status).isEqualTo(1);
            assertThat(run.lines)
                    .anyMatch(
                            line -> line.startsWith("PROBLEM: Some servers with the prefix socket.io are classic and"));
        }
    }

    @Nested
    class OnOneServer extends OnRedis {
        private RedisProcess redis;

        @Override
        String start() throws Exception {
            redis = opened(RedisProcess.start());
            return redis.uri();
        }

        @Override
        Object place() {
            return redis.port();
        }

        @Override
        Adapter.Factory adapter(ClusterOptions options) {
            return RedisAdapters.create(redis.uri(), options);
        }

        @Override
        String description() {
            return "standalone";
        }

        @Test
        void aServerOfSocketIo2IsListed() throws Exception {
            String url = start();
            SocketIoServer java = super.java(ClusterOptions.DEFAULTS);
            super.node("server2", "classic");
            await().atMost(60, TimeUnit.SECONDS).until(() -> java.serverCount().get(60, TimeUnit.SECONDS) == 2);
            Run run = await().atMost(60, TimeUnit.SECONDS).until(() -> Run.of(url), found -> found.status == 0);

            assertThat(run.lines)
                    .as(String.join("\n", run.lines))
                    .anyMatch(line -> line.startsWith("  Node.js, Socket.IO 2"))
                    .anyMatch(line -> line.startsWith("note: Servers of Socket.IO 2 do not answer fetchSockets"));
        }
    }

    @Nested
    class OnRedisCluster extends OnRedis {
        private RedisClusterProcess redis;

        @Override
        String start() throws Exception {
            redis = opened(RedisClusterProcess.start());
            return redis.uris().get(1);
        }

        @Override
        Object place() {
            return Map.of(
                    "cluster",
                    redis.uris().stream().map(uri -> URI.create(uri).getPort()).toList());
        }

        @Override
        Adapter.Factory adapter(ClusterOptions options) {
            return RedisAdapters.createForCluster(redis.uris(), options);
        }

        @Override
        String description() {
            return "cluster";
        }
    }

    @Nested
    class BehindSentinel extends OnRedis {
        private RedisProcess sentinel;

        @Override
        String start() throws Exception {
            sentinel = opened(RedisProcess.startSentinel(opened(RedisProcess.start())));
            return "redis-sentinel://127.0.0.1:" + sentinel.port() + "#main";
        }

        @Override
        Object place() {
            return Map.of("sentinel", sentinel.port());
        }

        @Override
        Adapter.Factory adapter(ClusterOptions options) {
            return RedisAdapters.create("redis-sentinel://127.0.0.1:" + sentinel.port() + "#main", options);
        }

        @Override
        String description() {
            return "standalone, master of Sentinel";
        }
    }

    /** Addresses that lead nowhere. */
    @Test
    void addressesWithoutRedisAreAProblem() {
        for (String url : List.of("redis://127.0.0.1:1", "redis-sentinel://127.0.0.1:1#main")) {
            Run run = Run.of(url);
            assertThat(run.status).isEqualTo(1);
            assertThat(run.lines).hasSize(1).allMatch(line -> line.startsWith("PROBLEM: Redis cannot be reached"));
        }
        assertThat(Arrays.asList(Run.of("nonsense").status, Run.of().status)).containsExactly(2, 2);
    }
}
