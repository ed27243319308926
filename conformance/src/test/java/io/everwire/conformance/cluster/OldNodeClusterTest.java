package io.everwire.conformance.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.RemoteSockets;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.adapter.ClusterServer;
import io.everwire.adapter.SocketCount;
import io.everwire.cluster.ClusterOptions;
import io.everwire.conformance.clients.Agent;
import io.everwire.netty.NettyServer;
import io.everwire.redis.ClusterDiagnosis;
import io.everwire.redis.RedisAdapters;
import io.everwire.redis.RedisDoctor;
import io.everwire.redis.RedisProcess;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** A Java server and a server of Socket.IO 2.5 with socket.io-redis 5.4 share one cluster. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OldNodeClusterTest {
    private static final List<String> EVENTS = List.of("news", "room news", "ask");

    private RedisProcess redis;
    private Agent agent;
    private SocketIoServer java;
    private int javaPort;
    private String onJava;

    @BeforeAll
    void start() throws Exception {
        redis = RedisProcess.start();
        agent = new Agent("cluster.mjs");
        java = SocketIoServer.create(ServerOptions.builder()
                .adapter(RedisAdapters.create(redis.uri()))
                .build());
        java.onServerSideCall("double", arguments -> 2 * arguments.as(0, Integer.class));
        java.ready().get(20, TimeUnit.SECONDS);
        javaPort = NettyServer.builder(java)
                .bind(new InetSocketAddress("127.0.0.1", 0))
                .address()
                .getPort();
        int nodePort = agent.order("server2", "node", "redis", redis.port()).intValue();
        await().atMost(20, TimeUnit.SECONDS).until(() -> java.serverCount().get(5, TimeUnit.SECONDS) == 2);
        onJava = client("on java", javaPort, "4.8");
        client("old on java", javaPort, "2.5");
        client("on node", nodePort, "2.5");
    }

    @AfterAll
    void stop() throws Exception {
        if (agent != null) {
            agent.order("end", "");
            agent.close();
        }
        if (java != null) {
            java.close();
        }
        if (redis != null) {
            redis.close();
        }
    }

    private String client(String name, int port, String version) {
        return agent.order("client", name, "port", port, "version", version, "events", EVENTS)
                .asString("");
    }

    @Test
    void broadcastsCross() {
        agent.order("emit2", "node", "args", List.of("news", "node", Map.of("base64", "AQID")));
        java.emit("news", "java", new byte[] {4, 5});

        for (String name : List.of("on node", "on java", "old on java")) {
            agent.inbox(name).take("news", "[\"node\", {\"base64\":\"AQID\"}]");
        }
        for (String name : List.of("on java", "old on java")) {
            agent.inbox(name).take("news", "[\"java\", {\"base64\":\"BAU=\"}]");
        }
        // It looks for binary data only in packets of the type that Socket.IO 4 cannot read. A Node server 4.8 has the
        // same effect.
        agent.inbox("on node").take("news", "[\"java\", {\"type\":\"Buffer\",\"data\":[4,5]}]");
    }

    @Test
    void roomsAreShared() {
        java.sockets().get(onJava).join("r");
        agent.order("join", "on node", "room", "r");
        agent.order("emit2", "node", "rooms", List.of("r"), "args", List.of("room news", "node"));
        java.to("r").emit("room news", "java");

        for (String name : List.of("on node", "on java")) {
            agent.inbox(name).take("room news", "[\"node\"]");
            agent.inbox(name).take("room news", "[\"java\"]");
        }
    }

    @Test
    void itsRequestsAreAnswered() {
        assertThat(agent.order("clients2", "node"))
                .extracting(JsonNode::asString)
                .contains(onJava)
                .hasSize(3);
        assertThat(agent.order("allRooms2", "node"))
                .extracting(JsonNode::asString)
                .contains(onJava);

        agent.order("remoteJoin2", "node", "socket", onJava, "room", "of node");
        assertThat(java.sockets().get(onJava).rooms()).contains("of node");
        assertThat(agent.order("clientRooms2", "node", "socket", onJava))
                .extracting(JsonNode::asString)
                .contains("of node", onJava);
        assertThat(agent.order("clients2", "node", "rooms", List.of("of node")))
                .extracting(JsonNode::asString)
                .containsExactly(onJava);
        agent.order("remoteLeave2", "node", "socket", onJava, "room", "of node");
        assertThat(java.sockets().get(onJava).rooms()).doesNotContain("of node");

        String second = client("second on java", javaPort, "4.8");
        agent.order("remoteDisconnect2", "node", "socket", second, "close", true);
        agent.inbox("second on java").take("disconnect");
    }

    @Test
    void itsSocketsAreCounted() throws Exception {
        agent.order("join", "on node", "room", "counted");
        java.sockets().get(onJava).join("counted");

        assertThat(java.in("counted").countSockets().get(20, TimeUnit.SECONDS)).isEqualTo(new SocketCount(2, 0));
    }

    @Test
    void itIsToldApart() {
        agent.order("emit2", "node", "args", List.of("news", "told apart"));
        agent.inbox("on java").take("news", "[\"told apart\"]");
        agent.inbox("old on java").take("news", "[\"told apart\"]");
        agent.inbox("on node").take("news", "[\"told apart\"]");

        assertThat(java.clusterState().others())
                .extracting(ClusterServer::kind)
                .containsExactly(ClusterServer.Kind.NODE_2);
    }

    @Test
    void theDoctorListsIt() {
        ClusterDiagnosis diagnosis = RedisDoctor.examine(redis.uri(), ClusterOptions.DEFAULTS, Duration.ofSeconds(2));

        assertThat(diagnosis.problems()).isEmpty();
        assertThat(diagnosis.servers())
                .extracting(ClusterServer::kind)
                .containsExactly(ClusterServer.Kind.JAVA, ClusterServer.Kind.NODE_2);
        assertThat(diagnosis.notes()).anyMatch(note -> note.contains("Socket.IO 2"));
    }

    /** It does not know these requests: it must not fail for them, and the Java server must not wait for it for ever. */
    @Test
    void requestsOfJavaDoItNoHarm() throws Exception {
        java.to("nobody").socketsJoin("x");
        java.to("nobody").socketsLeave("x");
        java.to("nobody").disconnectSockets();
        java.serverSideEmit("hello", 1);
        java.to("nobody")
                .timeout(Duration.ofMillis(100))
                .call("ask", String.class)
                .get(20, TimeUnit.SECONDS);
        RemoteSockets found = java.fetchAvailableSockets().get(20, TimeUnit.SECONDS);

        assertThat(found.sockets()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(found.missing()).isEqualTo(1);
        assertThat(agent.order("clients2", "node").size()).isPositive();
        assertThat(agent.inbox("node").isEmptyOf("error")).isTrue();
    }
}
