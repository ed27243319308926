package io.everwire.conformance.cluster;

import static io.everwire.conformance.cluster.ClusterMatrix.Direction.TO_JAVA;
import static io.everwire.conformance.cluster.ClusterMatrix.Direction.TO_NODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.AckResponses;
import io.everwire.RemoteSocket;
import io.everwire.ServerResponses;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests of a Java server and a Node server with @socket.io/redis-adapter 8.3 in one cluster, for each mode. */
abstract class WithNode extends WithEitherNode {
    WithNode(ClusterMatrix.Pair pair, String mode, ClusterOptions options) {
        super(pair, mode, options);
    }

    @Override
    final String startsNode() {
        return "server";
    }

    @Override
    final String emitsOnNode() {
        return "emit";
    }

    @Override
    final Map<String, String> clientsOnNode() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("on node", "4.8");
        versions.put("old on node", "2.5");
        return versions;
    }

    @Test
    void binaryDataCrosses() {
        emitOnNode("args", List.of("news", Map.of("base64", "AQID"), Map.of("in", Map.of("base64", ""))));
        java.emit("news", new byte[] {4, 5}, "text");

        // Clients 0.9 receive no binary data.
        for (String name : List.of("on node", "old on node", "on java", "old on java")) {
            agent.inbox(name).take("news", "[{\"base64\":\"AQID\"}, {\"in\":{\"base64\":\"\"}}]");
            agent.inbox(name).take("news", "[{\"base64\":\"BAU=\"}, \"text\"]");
        }
        works(Feature.BINARY);

        List<Object> many = new ArrayList<>(List.of("news"));
        IntStream.range(0, 10).forEach(i -> many.add(Map.of("base64", "AQI" + (char) ('A' + i))));
        emitOnNode("args", many);
        java.emit(
                "news",
                IntStream.range(0, 10).mapToObj(i -> new byte[] {4, (byte) i}).toArray());
        for (String name : List.of("on node", "old on node", "on java", "old on java")) {
            assertThat(agent.inbox(name).take("news")).hasSize(10);
            assertThat(agent.inbox(name).take("news").get(9).get("base64").asString())
                    .isIn("AQIJ", "BAk=");
        }
        works(Feature.BINARY_10);
    }

    /** A room is a text here: {@code to("42")} does not reach a socket of Node in the room 42. */
    @Test
    void aNumberOfNodeIsARoomOfJava() {
        agent.order("join", "on java", "room", "42");
        emitOnNode("rooms", List.of(42), "args", List.of("number", "42"));
        agent.inbox("on java").take("number", "[\"42\"]");
        works(TO_JAVA, Feature.NUMBER);
    }

    @Test
    void anIdIsARoomOfTheOtherServer() {
        emitOnNode("rooms", List.of(onJava), "args", List.of("news", "to java"));
        java.to(onNode).emit("news", "to node");
        agent.inbox("on java").take("news", "[\"to java\"]");
        agent.inbox("on node").take("news", "[\"to node\"]");
        works(Feature.ID);

        emitOnNode("except", List.of(onJava), "args", List.of("news", "except"));
        java.except(onNode).emit("news", "except of java");
        for (String name : List.of("old on java", "ancient on java", "old on node")) {
            agent.inbox(name).take("news", "[\"except\"]");
            agent.inbox(name).take("news", "[\"except of java\"]");
        }
        agent.inbox("on node").take("news", "[\"except\"]");
        agent.inbox("on java").take("news", "[\"except of java\"]");
        assertThat(agent.inbox("on java").isEmptyOf("news")).isTrue();
        assertThat(agent.inbox("on node").isEmptyOf("news")).isTrue();
        works(Feature.EXCEPT);
    }

    @Test
    void socketsAreFetchedWithTheirData() throws Exception {
        List<RemoteSocket> all = java.fetchSockets().get(60, TimeUnit.SECONDS);
        RemoteSocket remote = all.stream()
                .filter(socket -> socket.id().equals(onNode))
                .findFirst()
                .orElseThrow();
        assertThat(remote.attribute(NodePair.FROM)).isEqualTo("node");
        assertThat(remote.rooms()).contains(onNode);
        assertThat(remote.handshake().query()).containsKey("EIO");
        assertThat(remote.handshake().headers()).isNotEmpty();

        JsonNode fetched = agent.order("fetch", "node", "rooms", List.of(onJava));
        assertThat(fetched).hasSize(1);
        assertThat(fetched.get(0).get("id").asString()).isEqualTo(onJava);
        assertThat(fetched.get(0).get("data").get("from").asString()).isEqualTo("java");
        assertThat(fetched.get(0).get("rooms").get(0).asString()).isNotEmpty();
        assertThat(fetched.get(0).get("handshake").get("url").asString()).startsWith("/socket.io/");
        assertThat(fetched.get(0).get("handshake").get("headers").size()).isPositive();
        works(Feature.FETCH);
    }

    @Test
    void acksOfAllClientsAreCollected() throws Exception {
        AckResponses<String> responses = java.to(onJava, onNode)
                .timeout(Duration.ofSeconds(60))
                .call("ask", String.class)
                .get(90, TimeUnit.SECONDS);
        assertThat(responses.values()).containsExactlyInAnyOrder("on java", "on node");
        assertThat(responses.complete()).isTrue();

        JsonNode collected = agent.order(
                "call", "node", "rooms", List.of(onJava, onNode), "timeout", 60_000, "args", List.of("ask"));
        assertThat(collected).extracting(JsonNode::asString).containsExactlyInAnyOrder("on java", "on node");
        works(Feature.ACKS);

        AckResponses<byte[]> binary = java.to(onNode)
                .timeout(Duration.ofSeconds(60))
                .call("ask binary", byte[].class)
                .get(90, TimeUnit.SECONDS);
        assertThat(binary.values().get(0)).containsExactly(1, 2, 3);
        JsonNode binaryOfJava =
                agent.order("call", "node", "rooms", List.of(onJava), "timeout", 60_000, "args", List.of("ask binary"));
        assertThat(binaryOfJava.toString()).isEqualTo("[{\"base64\":\"AQID\"}]");
        works(Feature.BINARY_ACKS);
    }

    @Test
    void serversCallEachOther() throws Exception {
        List<String> heard = new ArrayList<>();
        java.onServerSide("hello", arguments -> {
            synchronized (heard) {
                heard.add(arguments.as(0, String.class));
            }
        });
        java.serverSideEmit("hello", "node", new byte[] {1, 2});
        agent.order("serverEmit", "node", "args", List.of("hello", "java"));

        agent.inbox("node").take("hello", "[\"node\", {\"base64\":\"AQI=\"}]");
        await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> {
            synchronized (heard) {
                assertThat(heard).contains("java");
            }
        });
        works(Feature.SERVER_EMIT);

        ServerResponses<Integer> doubled = java.serverSideCall(Duration.ofSeconds(60), "double", Integer.class, 21)
                .get(90, TimeUnit.SECONDS);
        assertThat(doubled.values()).containsExactly(42);
        assertThat(doubled.complete()).isTrue();
        assertThat(agent.order("serverCall", "node", "args", List.of("double", 4))
                        .toString())
                .isEqualTo("[8]");
        works(Feature.SERVER_CALL);
    }

    @Test
    void serversMoveTheSocketsOfEachOther() {
        java.to(onNode).socketsJoin("moved");
        agent.order("socketsJoin", "node", "rooms", List.of(onJava), "names", List.of("moved", "second"));
        await().atMost(60, TimeUnit.SECONDS)
                .until(() -> java.sockets().get(onJava).rooms().containsAll(List.of("moved", "second")));
        await().atMost(60, TimeUnit.SECONDS)
                .until(() ->
                        agent.order("fetch", "node", "rooms", List.of("moved")).size() == 2);
        works(Feature.JOIN);

        java.to(onNode).socketsLeave("moved");
        agent.order("socketsLeave", "node", "rooms", List.of(onJava), "names", List.of("moved"));
        await().atMost(60, TimeUnit.SECONDS)
                .until(() -> !java.sockets().get(onJava).rooms().contains("moved"));
        await().atMost(60, TimeUnit.SECONDS)
                .until(() ->
                        agent.order("fetch", "node", "rooms", List.of("moved")).isEmpty());
        works(Feature.LEAVE);
    }

    @Test
    void serversDisconnectTheSocketsOfEachOther() {
        String second = servers.client("second on java", servers.javaPort(), "4.8");
        String third = servers.client("third on node", servers.nodePort(), "4.8");
        agent.order("disconnectSockets", "node", "rooms", List.of(second), "close", true);
        java.to(third).disconnectSockets();

        agent.inbox("second on java").take("disconnect");
        agent.inbox("third on node").take("disconnect", "[\"io server disconnect\"]");
        works(Feature.DISCONNECT);
    }

    @Test
    void serversCountEachOther() throws Exception {
        assertThat(java.serverCount().get(60, TimeUnit.SECONDS)).isEqualTo(2);
        works(TO_NODE, Feature.SERVER_COUNT);
        assertThat(agent.order("serverCount", "node").intValue()).isEqualTo(2);
        works(TO_JAVA, Feature.SERVER_COUNT);
    }

    @Test
    void socketsAreCountedOnBoth() throws Exception {
        agent.order("join", "on node", "room", "counted");
        agent.order("join", "on java", "room", "counted");

        SocketCount count = java.in("counted").countSockets().get(60, TimeUnit.SECONDS);
        assertThat(count).isEqualTo(new SocketCount(2, 0));
        assertThat(java.countSockets().get(60, TimeUnit.SECONDS).sockets()).isGreaterThanOrEqualTo(4);
        works(TO_NODE, Feature.COUNT);
    }

    @Test
    void theNodeServerIsKnown() {
        emitOnNode("rooms", List.of(onJava), "except", List.of(onJava), "args", List.of("news"));
        await().atMost(60, TimeUnit.SECONDS)
                .until(() -> java.clusterState().others().stream()
                        .anyMatch(server -> server.kind() == ClusterServer.Kind.NODE));
    }

    @Test
    void theDoctorListsBoth() {
        ClusterDiagnosis diagnosis = await().atMost(60, TimeUnit.SECONDS)
                .until(
                        () -> RedisDoctor.examine(servers.redis().uri(), options, Duration.ofSeconds(2)),
                        ClusterDiagnosis::isHealthy);

        assertThat(diagnosis.servers())
                .extracting(ClusterServer::kind)
                .containsExactlyInAnyOrder(ClusterServer.Kind.JAVA, ClusterServer.Kind.NODE);
    }

    /** In a process without a server: no official emitter is for the sharded modes. */
    @Test
    void anEmitterOfJavaReachesClientsOfNode() throws Exception {
        String fourth = servers.client("fourth on node", servers.nodePort(), "4.8");
        ClusterEmitter emitter = RedisEmitter.create(servers.redis().uri(), options);
        try {
            emitter.emit("news", "emitter", new byte[] {1}).get(60, TimeUnit.SECONDS);
            for (String name : List.of("on node", "on java", "old on java")) {
                agent.inbox(name).take("news", "[\"emitter\", {\"base64\":\"AQ==\"}]");
            }
            emitter.in(fourth).socketsJoin("of emitter", "kept").get(60, TimeUnit.SECONDS);
            // In the dynamic modes, Node subscribes to the channel of a room after the join, and misses what comes
            // before.
            await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> {
                emitter.to("of emitter").emit("room news", "joined").get(60, TimeUnit.SECONDS);
                assertThat(agent.inbox("fourth on node").isEmptyOf("room news")).isFalse();
            });
            emitter.in(fourth).socketsLeave("of emitter").get(60, TimeUnit.SECONDS);
            emitter.to("kept", "of emitter").emit("room news", "kept").get(60, TimeUnit.SECONDS);
            agent.inbox("fourth on node").take("room news", "[\"kept\"]");
            assertThat(agent.order("fetch", "node", "rooms", List.of("of emitter")))
                    .isEmpty();
            emitter.serverSideEmit("hello", "emitter").get(60, TimeUnit.SECONDS);
            agent.inbox("node").take("hello", "[\"emitter\"]");
            emitter.in(fourth).disconnectSockets(true).get(60, TimeUnit.SECONDS);
            agent.inbox("fourth on node").take("disconnect");
        } finally {
            emitter.close();
        }
        works(TO_NODE, Feature.JAVA_EMITTER);
    }

    /** Tests of the classic modes. */
    abstract static class Classic extends WithNode {
        Classic(ClusterMatrix.Pair pair, String mode, ClusterOptions options) {
            super(pair, mode, options);
        }

        @Test
        void allRoomsAreListed() {
            assertThat(agent.order("allRooms", "node"))
                    .extracting(JsonNode::asString)
                    .contains(onJava);
            works(TO_JAVA, Feature.ALL_ROOMS);
        }

        @Test
        void emittersReachClientsOnJava() throws Exception {
            int port = servers.redis().port();
            agent.order("emitter", "", "redis", port, "args", List.of("news", "5.1", Map.of("base64", "AQID")));
            agent.inbox("on java").take("news", "[\"5.1\", {\"base64\":\"AQID\"}]");
            agent.inbox("old on java").take("news", "[\"5.1\", {\"base64\":\"AQID\"}]");
            agent.inbox("on node").take("news", "[\"5.1\", {\"base64\":\"AQID\"}]");

            List<String> room = List.of("of emitter 5.1");
            agent.order("emitterJoin", "", "redis", port, "rooms", List.of(onJava), "names", room);
            await().atMost(60, TimeUnit.SECONDS)
                    .until(() -> agent.order("fetch", "node", "rooms", room).size() == 1);
            agent.order("emitterLeave", "", "redis", port, "rooms", List.of(onJava), "names", room);
            await().atMost(60, TimeUnit.SECONDS)
                    .until(() -> agent.order("fetch", "node", "rooms", room).isEmpty());
            List<String> heard = new ArrayList<>();
            java.onServerSide("of emitter", arguments -> {
                synchronized (heard) {
                    heard.add(arguments.as(0, String.class));
                }
            });
            agent.order("emitterServer", "", "redis", port, "args", List.of("of emitter", "5.1"));
            await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> {
                synchronized (heard) {
                    assertThat(heard).containsExactly("5.1");
                }
            });
            String fifth = servers.client("fifth on java", servers.javaPort(), "4.8");
            agent.order("emitterDisconnect", "", "redis", port, "rooms", List.of(fifth), "close", true);
            agent.inbox("fifth on java").take("disconnect");
            works(TO_JAVA, Feature.EMITTER_51);
        }

        @Test
        void oldEmittersReachClientsOnJava() {
            int port = servers.redis().port();
            String version = "socket.io-emitter-3.2";
            agent.order("oldEmitter", "", "redis", port, "version", version, "args", List.of("news", "3.2"));
            for (String name : all()) {
                agent.inbox(name).take("news", "[\"3.2\"]");
            }
            works(TO_JAVA, Feature.EMITTER_32);

            agent.order(
                    "oldEmitter",
                    "",
                    "redis",
                    port,
                    "version",
                    "socket.io-emitter-2.0",
                    "rooms",
                    List.of(onJava),
                    "args",
                    List.of("news", "2.0", Map.of("base64", "AQID")));
            agent.inbox("on java").take("news", "[\"2.0\", {\"base64\":\"AQID\"}]");
            works(TO_JAVA, Feature.EMITTER_20);
        }
    }
}
