package io.everwire.conformance.cluster;

import static io.everwire.conformance.cluster.ClusterMatrix.Direction.TO_JAVA;
import static io.everwire.conformance.cluster.ClusterMatrix.Direction.TO_NODE;
import static io.everwire.conformance.cluster.NodePair.ON_JAVA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.RemoteSockets;
import io.everwire.SocketIoServer;
import io.everwire.adapter.ClusterServer;
import io.everwire.adapter.SocketCount;
import io.everwire.cluster.ClusterEmitter;
import io.everwire.cluster.ClusterOptions;
import io.everwire.conformance.clients.Agent;
import io.everwire.conformance.cluster.ClusterMatrix.Direction;
import io.everwire.conformance.cluster.ClusterMatrix.Feature;
import io.everwire.redis.ClusterDiagnosis;
import io.everwire.redis.RedisDoctor;
import io.everwire.redis.RedisEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of a Java server and a server of Socket.IO 2.5 with socket.io-redis 5.4 in one cluster, for each mode. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WithOldNode {
    private static final List<String> ALL =
            Stream.concat(ON_JAVA.stream(), Stream.of("on node")).toList();

    private final ClusterMatrix.Pair pair;
    private final ClusterOptions options;
    private NodePair servers;
    private Agent agent;
    private SocketIoServer java;
    private String onJava;

    WithOldNode(ClusterMatrix.Pair pair, ClusterOptions options) {
        this.pair = pair;
        this.options = options;
    }

    /** Returns the agent with a browser. */
    abstract Agent browser();

    @BeforeAll
    void start() throws Exception {
        servers = new NodePair(options, browser());
        agent = servers.agent();
        java = servers.java();
        servers.begin("server2", "classic");
        onJava = servers.client("on java", servers.javaPort(), "4.8");
        servers.client("old on java", servers.javaPort(), "2.5");
        servers.client("ancient on java", servers.javaPort(), "0.9");
        servers.client("on node", servers.nodePort(), "2.5");
    }

    @AfterAll
    void stop() throws Exception {
        if (servers != null) {
            servers.close();
        }
    }

    private void works(Direction direction, Feature... features) {
        ClusterMatrix.works(pair, direction, features);
    }

    private void works(Feature... features) {
        works(TO_NODE, features);
        works(TO_JAVA, features);
    }

    @Test
    void eventsReachClientsOfEveryVersion() {
        agent.order("emit2", "node", "args", List.of("news", "node"));
        java.emit("news", "java");
        for (String name : ALL) {
            agent.inbox(name).take("news", "[\"node\"]");
            agent.inbox(name).take("news", "[\"java\"]");
        }
        works(Feature.EVERYBODY);

        agent.order("emit2", "node", "args", List.of("message", "hello"));
        java.send("hi");
        for (String name : ALL) {
            agent.inbox(name).take("message", "[\"hello\"]");
            agent.inbox(name).take("message", "[\"hi\"]");
        }
        servers.takeMessageOf06("hello");
        servers.takeMessageOf06("hi");
        works(Feature.MESSAGE);
    }

    @Test
    void messagesOfClientsOfEachVersionReachAllOthers() {
        for (String sender : ALL) {
            agent.order("send", sender, "text", "of " + sender);
            for (String name : ALL) {
                agent.inbox(name).take("message", "[\"of " + sender + "\"]");
            }
            servers.takeMessageOf06("of " + sender);
        }
        servers.sendFrom06("of 0.6");
        for (String name : ALL) {
            agent.inbox(name).take("message", "[\"of 0.6\"]");
        }
        works(Feature.OF_CLIENTS);
    }

    @Test
    void valuesArriveUnchanged() {
        List<Object> values = Arrays.asList("\u20ac \ud83d\ude00", "", 0, -1, 1.5, 9007199254740991L, true, null);
        Map<String, Object> nested = Map.of("a", List.of(Map.of("b", Collections.singletonList(null)), Map.of()));
        String expected = "[[\"\u20ac \ud83d\ude00\", \"\", 0, -1, 1.5, 9007199254740991, true, null],"
                + " {\"a\": [{\"b\": [null]}, {}]}, null]";
        agent.order("emit2", "node", "args", Arrays.asList("values", values, nested, null));
        servers.heard(ALL, "values", expected);
        java.emit("values", values, nested, null);
        servers.heard(ALL, "values", expected);
        works(Feature.VALUES);

        String text = "\u20ac".repeat(350_000);
        agent.order("emit2", "node", "args", List.of("large", text));
        servers.heard(ALL, "large", "[350000]");
        java.emit("large", text);
        servers.heard(ALL, "large", "[350000]");
        works(Feature.LARGE);
    }

    @Test
    void binaryDataCrosses() {
        List<Object> many = new ArrayList<>(List.of("news"));
        IntStream.range(0, 10).forEach(i -> many.add(Map.of("base64", "AQI" + (char) ('A' + i))));
        agent.order("emit2", "node", "args", List.of("news", "node", Map.of("base64", "AQID")));
        agent.order("emit2", "node", "args", many);
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
    void roomsAreShared() {
        java.sockets().get(onJava).joinAsync("r").join();
        agent.order("join", "on node", "room", "r");
        agent.order("emit2", "node", "rooms", List.of("r"), "args", List.of("room news", "node"));
        java.to("r").emit("room news", "java");
        for (String name : List.of("on node", "on java")) {
            agent.inbox(name).take("room news", "[\"node\"]");
            agent.inbox(name).take("room news", "[\"java\"]");
        }
        works(Feature.ROOM);

        agent.order("join", "on node", "room", "second");
        java.sockets().get(onJava).joinAsync("second").join();
        agent.order("emit2", "node", "rooms", List.of("r", "second"), "args", List.of("room news", "node, twice"));
        java.to("r", "second").emit("room news", "java, twice");
        for (String name : List.of("on node", "on java")) {
            agent.inbox(name).take("room news", "[\"node, twice\"]");
            agent.inbox(name).take("room news", "[\"java, twice\"]");
            assertThat(agent.inbox(name).isEmptyOf("room news")).isTrue();
        }
        works(Feature.TWO_ROOMS);

        agent.order("emit2", "node", "rooms", List.of(onJava), "args", List.of("room news", "id"));
        agent.inbox("on java").take("room news", "[\"id\"]");
        works(TO_JAVA, Feature.ID);
        String onNode = agent.order("clients2", "node")
                .valueStream()
                .map(JsonNode::asString)
                .filter(id -> java.sockets().get(id) == null)
                .findFirst()
                .orElseThrow();
        java.to(onNode).emit("room news", "id");
        agent.inbox("on node").take("room news", "[\"id\"]");
        works(TO_NODE, Feature.ID);
        java.except(onNode).emit("room news", "except");
        agent.inbox("old on java").take("room news", "[\"except\"]");
        java.emit("room news", "after");
        assertThat(agent.inbox("on node").take("room news").toString()).isEqualTo("[\"after\"]");
        works(TO_NODE, Feature.EXCEPT);
    }

    /** A client that is not ready for it does not receive it: the event is sent until it arrives. */
    @Test
    void volatileEventsCross() {
        await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> {
            agent.order("emit2", "node", "rooms", List.of(onJava), "volatile", true, "args", List.of("volatile", 1));
            java.asVolatile().emit("volatile", 2);
            assertThat(agent.inbox("on java").isEmptyOf("volatile")).isFalse();
            assertThat(agent.inbox("on node").isEmptyOf("volatile")).isFalse();
        });
        works(Feature.VOLATILE);
    }

    @Test
    void namespacesAreShared() {
        servers.client("other on java", servers.javaPort(), "4.8", "/other");
        servers.client("other on node", servers.nodePort(), "2.5", "/other");
        agent.order("emit2", "node", "nsp", "/other", "args", List.of("news", "node"));
        java.of("/other").emit("news", "java");
        for (String name : List.of("other on java", "other on node")) {
            agent.inbox(name).take("news", "[\"node\"]");
            agent.inbox(name).take("news", "[\"java\"]");
        }
        works(Feature.NAMESPACE);
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
            for (String client : ALL) {
                agent.inbox(client).take("news", "[\"" + version + "\"]");
            }
        }
        works(TO_JAVA, Feature.EMITTER_32, Feature.EMITTER_20);
        try (ClusterEmitter emitter = RedisEmitter.create(servers.redis().uri(), options)) {
            emitter.emit("news", "emitter").get(20, TimeUnit.SECONDS);
            agent.inbox("on node").take("news", "[\"emitter\"]");
        }
        ClusterMatrix.cell(pair, TO_NODE, Feature.JAVA_EMITTER, "events");
    }

    @Test
    void theServersAreCounted() {
        await().atMost(60, TimeUnit.SECONDS).until(() -> java.serverCount().get(5, TimeUnit.SECONDS) == 2);
        works(TO_NODE, Feature.SERVER_COUNT);
    }

    @Test
    void itsSocketsAreCounted() throws Exception {
        agent.order("join", "on node", "room", "counted");
        java.sockets().get(onJava).joinAsync("counted").join();

        assertThat(java.in("counted").countSockets().get(20, TimeUnit.SECONDS)).isEqualTo(new SocketCount(2, 0));
        works(TO_NODE, Feature.COUNT);
    }

    @Test
    void itIsToldApart() {
        agent.order("emit2", "node", "args", List.of("news", "told apart"));
        for (String name : ALL) {
            agent.inbox(name).take("news", "[\"told apart\"]");
        }
        assertThat(java.clusterState().others()).extracting(ClusterServer::kind).contains(ClusterServer.Kind.NODE_2);
    }

    @Test
    void theDoctorListsIt() {
        ClusterDiagnosis diagnosis = RedisDoctor.examine(servers.redis().uri(), options, Duration.ofSeconds(2));

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
        ClusterMatrix.cell(pair, TO_NODE, Feature.FETCH, "counts as missing");
    }
}
