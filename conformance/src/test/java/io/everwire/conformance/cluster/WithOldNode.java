package io.everwire.conformance.cluster;

import static io.everwire.conformance.cluster.ClusterMatrix.Direction.TO_JAVA;
import static io.everwire.conformance.cluster.ClusterMatrix.Direction.TO_NODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.RemoteSockets;
import io.everwire.adapter.ClusterServer;
import io.everwire.adapter.SocketCount;
import io.everwire.cluster.ClusterEmitter;
import io.everwire.cluster.ClusterOptions;
import io.everwire.conformance.cluster.ClusterMatrix.Feature;
import io.everwire.redis.ClusterDiagnosis;
import io.everwire.redis.RedisDoctor;
import io.everwire.redis.RedisEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of a Java server and a server of Socket.IO 2.5 with socket.io-redis 5.4 in one cluster, for each mode. */
abstract class WithOldNode extends WithEitherNode {
    WithOldNode(ClusterMatrix.Pair pair, ClusterOptions options) {
        super(pair, "classic", options);
    }

    @Override
    final String startsNode() {
        return "server2";
    }

    @Override
    final String emitsOnNode() {
        return "emit2";
    }

    @Override
    final Map<String, String> clientsOnNode() {
        return Map.of("on node", "2.5");
    }

    @Test
    void binaryDataCrosses() {
        List<Object> many = new ArrayList<>(List.of("news"));
        IntStream.range(0, 10).forEach(i -> many.add(Map.of("base64", "AQI" + (char) ('A' + i))));
        emitOnNode("args", List.of("news", "node", Map.of("base64", "AQID")));
        emitOnNode("args", many);
        java.emit("news", "java", new byte[] {4, 5});

        for (String name : List.of("on node", "on java", "old on java")) {
            agent.inbox(name).take("news", "[\"node\", {\"base64\":\"AQID\"}]");
            assertThat(agent.inbox(name).take("news", new JsonMapper().writeValueAsString(many.subList(1, 11))))
                    .hasSize(10);
        }
        works(TO_JAVA, Feature.BINARY, Feature.BINARY_10);
        for (String name : List.of("on java", "old on java")) {
            agent.inbox(name).take("news", "[\"java\", {\"base64\":\"BAU=\"}]");
        }
        // It looks for binary data only in packets of the type that Socket.IO 4 cannot read. A Node server 4.8 has the
        // same effect.
        agent.inbox("on node").take("news", "[\"java\", {\"type\":\"Buffer\",\"data\":[4,5]}]");
        ClusterMatrix.cell(pair, TO_NODE, Feature.BINARY, "as an object");
        ClusterMatrix.cell(pair, TO_NODE, Feature.BINARY_10, "as objects");
    }

    @Test
    void anIdIsARoomOfTheOtherServer() {
        emitOnNode("rooms", List.of(onJava), "args", List.of("room news", "id"));
        agent.inbox("on java").take("room news", "[\"id\"]");
        works(TO_JAVA, Feature.ID);
        java.to(onNode).emit("room news", "id");
        agent.inbox("on node").take("room news", "[\"id\"]");
        works(TO_NODE, Feature.ID);
        java.except(onNode).emit("room news", "except");
        agent.inbox("old on java").take("room news", "[\"except\"]");
        java.emit("room news", "after");
        assertThat(agent.inbox("on node").take("room news").toString()).isEqualTo("[\"after\"]");
        works(TO_NODE, Feature.EXCEPT);
    }

    @Test
    void itsRequestsAreAnswered() {
        assertThat(agent.order("clients2", "node"))
                .extracting(JsonNode::asString)
                .contains(onJava)
                .hasSizeGreaterThanOrEqualTo(3);
        assertThat(agent.order("allRooms2", "node"))
                .extracting(JsonNode::asString)
                .contains(onJava);
        works(TO_JAVA, Feature.ALL_ROOMS);

        agent.order("remoteJoin2", "node", "socket", onJava, "room", "of node");
        assertThat(java.sockets().get(onJava).rooms()).contains("of node");
        assertThat(agent.order("clientRooms2", "node", "socket", onJava))
                .extracting(JsonNode::asString)
                .contains("of node", onJava);
        assertThat(agent.order("clients2", "node", "rooms", List.of("of node")))
                .extracting(JsonNode::asString)
                .containsExactly(onJava);
        works(TO_JAVA, Feature.IDS, Feature.JOIN);
        agent.order("remoteLeave2", "node", "socket", onJava, "room", "of node");
        assertThat(java.sockets().get(onJava).rooms()).doesNotContain("of node");
        works(TO_JAVA, Feature.LEAVE);

        String second = servers.client("second on java", servers.javaPort(), "4.8");
        agent.order("remoteDisconnect2", "node", "socket", second, "close", true);
        agent.inbox("second on java").take("disconnect");
        works(TO_JAVA, Feature.DISCONNECT);
    }

    @Test
    void emittersReachBoth() throws Exception {
        int port = servers.redis().port();
        for (String version : List.of("3.2", "2.0")) {
            String name = "socket.io-emitter-" + version;
            agent.order("oldEmitter", "", "redis", port, "version", name, "args", List.of("news", version));
            for (String client : all()) {
                agent.inbox(client).take("news", "[\"" + version + "\"]");
            }
        }
        works(TO_JAVA, Feature.EMITTER_32, Feature.EMITTER_20);
        try (ClusterEmitter emitter = RedisEmitter.create(servers.redis().uri(), options)) {
            emitter.emit("news", "emitter").get(60, TimeUnit.SECONDS);
            agent.inbox("on node").take("news", "[\"emitter\"]");
        }
        ClusterMatrix.cell(pair, TO_NODE, Feature.JAVA_EMITTER, "events");
    }

    @Test
    void theServersAreCounted() {
        await().atMost(60, TimeUnit.SECONDS).until(() -> java.serverCount().get(60, TimeUnit.SECONDS) == 2);
        works(TO_NODE, Feature.SERVER_COUNT);
    }

    @Test
    void itsSocketsAreCounted() throws Exception {
        agent.order("join", "on node", "room", "counted");
        java.sockets().get(onJava).joinAsync("counted").join();

        assertThat(java.in("counted").countSockets().get(60, TimeUnit.SECONDS)).isEqualTo(new SocketCount(2, 0));
        works(TO_NODE, Feature.COUNT);
    }

    @Test
    void itIsToldApart() {
        emitOnNode("args", List.of("news", "told apart"));
        for (String name : all()) {
            agent.inbox(name).take("news", "[\"told apart\"]");
        }
        assertThat(java.clusterState().others()).extracting(ClusterServer::kind).contains(ClusterServer.Kind.NODE_2);
    }

    @Test
    void theDoctorListsIt() {
        ClusterDiagnosis diagnosis = await().atMost(60, TimeUnit.SECONDS)
                .until(
                        () -> RedisDoctor.examine(servers.redis().uri(), options, Duration.ofSeconds(2)),
                        ClusterDiagnosis::isHealthy);

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
                .get(60, TimeUnit.SECONDS);
        RemoteSockets found = java.fetchAvailableSockets().get(60, TimeUnit.SECONDS);

        assertThat(found.sockets()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(found.missing()).isEqualTo(1);
        assertThat(agent.order("clients2", "node").size()).isPositive();
        assertThat(agent.inbox("node").isEmptyOf("error")).isTrue();
        ClusterMatrix.cell(pair, TO_NODE, Feature.FETCH, "counts as missing");
    }
}
