package io.everwire.conformance.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.AckResponses;
import io.everwire.Attribute;
import io.everwire.RemoteSocket;
import io.everwire.ServerOptions;
import io.everwire.ServerResponses;
import io.everwire.SocketIoServer;
import io.everwire.adapter.ClusterServer;
import io.everwire.adapter.SocketCount;
import io.everwire.cluster.ClusterOptions;
import io.everwire.cluster.SubscriptionMode;
import io.everwire.conformance.clients.Agent;
import io.everwire.netty.NettyServer;
import io.everwire.redis.ClusterDiagnosis;
import io.everwire.redis.RedisAdapters;
import io.everwire.redis.RedisDoctor;
import io.everwire.redis.RedisProcess;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** A Java server and a Node server with @socket.io/redis-adapter 8.3 share one cluster, in every mode of it. */
class NodeClusterTest {
    private static final Attribute<String> FROM = Attribute.shared("from", String.class);
    private static final List<String> EVENTS = List.of("news", "room news", "message", "ask", "ask binary");

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    private abstract static class WithNode {
        private final String mode;
        private final ClusterOptions options;
        private final Set<String> deliverers = ConcurrentHashMap.newKeySet();
        private RedisProcess redis;
        private Agent agent;
        private SocketIoServer java;
        private int javaPort;
        private int nodePort;
        private String onJava;
        private String onNode;

        WithNode(String mode, ClusterOptions options) {
            this.mode = mode;
            this.options = options;
        }

        @BeforeAll
        void start() throws Exception {
            redis = RedisProcess.start();
            agent = new Agent("cluster.mjs");
            java = SocketIoServer.create(ServerOptions.builder()
                    .adapter(RedisAdapters.create(redis.uri(), options))
                    .build());
            java.onConnection(socket -> {
                socket.onAnyOutgoing((receiver, event, arguments) ->
                        deliverers.add(Thread.currentThread().getName()));
                socket.attributes().set(FROM, "java");
                socket.onCall("join", String.class, (joining, room) -> joining.joinAsync(room));
            });
            java.onServerSideCall("double", arguments -> 2 * arguments.as(0, Integer.class));
            java.ready().get(20, TimeUnit.SECONDS);
            javaPort = NettyServer.builder(java)
                    .bind(new InetSocketAddress("127.0.0.1", 0))
                    .address()
                    .getPort();
            nodePort = agent.order("server", "node", "redis", redis.port(), "mode", mode)
                    .intValue();
            await().atMost(20, TimeUnit.SECONDS).until(() -> java.serverCount().get(5, TimeUnit.SECONDS) == 2);
            onJava = client("on java", javaPort, "4.8");
            client("old on java", javaPort, "2.5");
            client("ancient on java", javaPort, "0.9");
            onNode = client("on node", nodePort, "4.8");
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
        void broadcastsOfNodeReachClientsOfEveryGenerationOnJava() {
            agent.order(
                    "emit", "node", "args", List.of("news", 1, "text \u20ac \ud83d\ude00", Map.of("a", List.of(1.5))));

            String expected = "[1, \"text \u20ac \ud83d\ude00\", {\"a\":[1.5]}]";
            for (String name : List.of("on node", "on java", "old on java", "ancient on java")) {
                agent.inbox(name).take("news", expected);
            }
        }

        /** A room with many clients would otherwise keep the client library from reading. */
        @Test
        void noThreadOfLettuceDelivers() {
            agent.order("emit", "node", "args", List.of("news", "threads"));
            agent.inbox("on java").take("news", "[\"threads\"]");

            assertThat(deliverers).isNotEmpty().noneMatch(thread -> thread.contains("lettuce"));
        }

        @Test
        void broadcastsOfJavaReachClientsOfNode() {
            java.emit("news", 2, "text \u20ac \ud83d\ude00", Map.of("a", List.of(1.5)));

            String expected = "[2, \"text \u20ac \ud83d\ude00\", {\"a\":[1.5]}]";
            for (String name : List.of("on node", "on java", "old on java", "ancient on java")) {
                agent.inbox(name).take("news", expected);
            }
        }

        @Test
        void binaryDataCrosses() {
            agent.order(
                    "emit",
                    "node",
                    "args",
                    List.of("news", Map.of("base64", "AQID"), Map.of("in", Map.of("base64", ""))));
            java.emit("news", new byte[] {4, 5}, "text");

            for (String name : List.of("on node", "on java", "old on java")) {
                agent.inbox(name).take("news", "[{\"base64\":\"AQID\"}, {\"in\":{\"base64\":\"\"}}]");
                agent.inbox(name).take("news", "[{\"base64\":\"BAU=\"}, \"text\"]");
            }
        }

        @Test
        void messagesStayMessages() {
            agent.order("emit", "node", "args", List.of("message", "hello"));
            java.send("hi");

            for (String name : List.of("on node", "on java", "old on java", "ancient on java")) {
                agent.inbox(name).take("message", "[\"hello\"]");
                agent.inbox(name).take("message", "[\"hi\"]");
            }
        }

        @Test
        void roomsAreShared() {
            for (String room : List.of("r", "a room with twenty b", "\u20ac*?[x]")) {
                agent.order("join", "on java", "room", room);
                agent.order("join", "on node", "room", room);
                agent.order("emit", "node", "rooms", List.of(room), "args", List.of("room news", "node", room));
                java.to(room).emit("room news", "java", room);

                for (String name : List.of("on node", "on java")) {
                    agent.inbox(name).take("room news", "[\"node\", \"" + room + "\"]");
                    agent.inbox(name).take("room news", "[\"java\", \"" + room + "\"]");
                }
                assertThat(agent.inbox("old on java").isEmptyOf("room news")).isTrue();
            }
        }

        @Test
        void anIdIsARoomOfTheOtherServer() {
            agent.order("emit", "node", "rooms", List.of(onJava), "args", List.of("news", "to java"));
            java.to(onNode).emit("news", "to node");
            agent.order("emit", "node", "except", List.of(onJava), "args", List.of("news", "except"));

            agent.inbox("on java").take("news", "[\"to java\"]");
            agent.inbox("on node").take("news", "[\"to node\"]");
            agent.inbox("on node").take("news", "[\"except\"]");
            agent.inbox("old on java").take("news", "[\"except\"]");
            agent.inbox("ancient on java").take("news", "[\"except\"]");
        }

        @Test
        void socketsAreFetchedWithTheirData() throws Exception {
            List<RemoteSocket> all = java.fetchSockets().get(20, TimeUnit.SECONDS);
            RemoteSocket remote = all.stream()
                    .filter(socket -> socket.id().equals(onNode))
                    .findFirst()
                    .orElseThrow();
            assertThat(remote.attribute(FROM)).isEqualTo("node");
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
        }

        @Test
        void acksOfAllClientsAreCollected() throws Exception {
            AckResponses<String> responses = java.to(onJava, onNode)
                    .timeout(Duration.ofSeconds(20))
                    .call("ask", String.class)
                    .get(30, TimeUnit.SECONDS);
            assertThat(responses.values()).containsExactlyInAnyOrder("on java", "on node");
            assertThat(responses.complete()).isTrue();

            JsonNode collected = agent.order(
                    "call", "node", "rooms", List.of(onJava, onNode), "timeout", 20_000, "args", List.of("ask"));
            assertThat(collected).extracting(JsonNode::asString).containsExactlyInAnyOrder("on java", "on node");

            AckResponses<byte[]> binary = java.to(onNode)
                    .timeout(Duration.ofSeconds(20))
                    .call("ask binary", byte[].class)
                    .get(30, TimeUnit.SECONDS);
            assertThat(binary.values().get(0)).containsExactly(1, 2, 3);
            JsonNode binaryOfJava = agent.order(
                    "call", "node", "rooms", List.of(onJava), "timeout", 20_000, "args", List.of("ask binary"));
            assertThat(binaryOfJava.toString()).isEqualTo("[{\"base64\":\"AQID\"}]");
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
            await().atMost(20, TimeUnit.SECONDS).untilAsserted(() -> {
                synchronized (heard) {
                    assertThat(heard).containsExactly("java");
                }
            });

            ServerResponses<Integer> doubled = java.serverSideCall(Duration.ofSeconds(20), "double", Integer.class, 21)
                    .get(30, TimeUnit.SECONDS);
            assertThat(doubled.values()).containsExactly(42);
            assertThat(doubled.complete()).isTrue();
            assertThat(agent.order("serverCall", "node", "args", List.of("double", 4))
                            .toString())
                    .isEqualTo("[8]");
        }

        @Test
        void serversMoveTheSocketsOfEachOther() {
            java.to(onNode).socketsJoin("moved");
            agent.order("socketsJoin", "node", "rooms", List.of(onJava), "names", List.of("moved", "second"));
            await().atMost(20, TimeUnit.SECONDS)
                    .until(() -> java.sockets().get(onJava).rooms().containsAll(List.of("moved", "second")));
            await().atMost(20, TimeUnit.SECONDS)
                    .until(() -> agent.order("fetch", "node", "rooms", List.of("moved"))
                                    .size()
                            == 2);

            java.to(onNode).socketsLeave("moved");
            agent.order("socketsLeave", "node", "rooms", List.of(onJava), "names", List.of("moved"));
            await().atMost(20, TimeUnit.SECONDS)
                    .until(() -> !java.sockets().get(onJava).rooms().contains("moved"));
            await().atMost(20, TimeUnit.SECONDS)
                    .until(() -> agent.order("fetch", "node", "rooms", List.of("moved"))
                            .isEmpty());
        }

        @Test
        void serversDisconnectTheSocketsOfEachOther() {
            String second = client("second on java", javaPort, "4.8");
            String third = client("third on node", nodePort, "4.8");
            agent.order("disconnectSockets", "node", "rooms", List.of(second), "close", true);
            java.to(third).disconnectSockets();

            agent.inbox("second on java").take("disconnect");
            agent.inbox("third on node").take("disconnect", "[\"io server disconnect\"]");
        }

        @Test
        void serversCountEachOther() throws Exception {
            assertThat(java.serverCount().get(20, TimeUnit.SECONDS)).isEqualTo(2);
            assertThat(agent.order("serverCount", "node").intValue()).isEqualTo(2);
        }

        @Test
        void socketsAreCountedOnBoth() throws Exception {
            agent.order("join", "on node", "room", "counted");
            agent.order("join", "on java", "room", "counted");

            SocketCount count = java.in("counted").countSockets().get(20, TimeUnit.SECONDS);
            assertThat(count).isEqualTo(new SocketCount(2, 0));
            assertThat(java.countSockets().get(20, TimeUnit.SECONDS).sockets()).isGreaterThanOrEqualTo(4);
        }

        @Test
        void theNodeServerIsKnown() {
            agent.order("emit", "node", "rooms", List.of(onJava), "except", List.of(onJava), "args", List.of("news"));
            await().atMost(20, TimeUnit.SECONDS)
                    .until(() -> java.clusterState().others().stream()
                            .anyMatch(server -> server.kind() == ClusterServer.Kind.NODE));
        }

        @Test
        void theDoctorListsBoth() {
            ClusterDiagnosis diagnosis = RedisDoctor.examine(redis.uri(), options, Duration.ofSeconds(2));

            assertThat(diagnosis.problems()).isEmpty();
            assertThat(diagnosis.servers())
                    .extracting(ClusterServer::kind)
                    .containsExactlyInAnyOrder(ClusterServer.Kind.JAVA, ClusterServer.Kind.NODE);
        }

        RedisProcess redis() {
            return redis;
        }

        Agent agent() {
            return agent;
        }

        String onJava() {
            return onJava;
        }
    }

    private abstract static class Classic extends WithNode {
        Classic(String mode, ClusterOptions options) {
            super(mode, options);
        }

        @Test
        void allRoomsAreListed() {
            assertThat(agent().order("allRooms", "node"))
                    .extracting(JsonNode::asString)
                    .contains(onJava());
        }

        @Test
        void emittersReachClientsOnJava() {
            Agent agent = agent();
            int port = redis().port();
            agent.order("emitter", "", "redis", port, "args", List.of("news", "5.1", Map.of("base64", "AQID")));
            agent.order(
                    "oldEmitter",
                    "",
                    "redis",
                    port,
                    "version",
                    "socket.io-emitter-3.2",
                    "args",
                    List.of("news", "3.2"));
            agent.order(
                    "oldEmitter",
                    "",
                    "redis",
                    port,
                    "version",
                    "socket.io-emitter-2.0",
                    "rooms",
                    List.of(onJava()),
                    "args",
                    List.of("news", "2.0", Map.of("base64", "AQID")));
            agent.inbox("on java").take("news", "[\"5.1\", {\"base64\":\"AQID\"}]");
            agent.inbox("old on java").take("news", "[\"5.1\", {\"base64\":\"AQID\"}]");
            agent.inbox("ancient on java").take("news", "[\"3.2\"]");
            agent.inbox("on java").take("news", "[\"3.2\"]");
            agent.inbox("on java").take("news", "[\"2.0\", {\"base64\":\"AQID\"}]");
            agent.inbox("on node").take("news", "[\"3.2\"]");

            agent.order("emitterJoin", "", "redis", port, "rooms", List.of(onJava()), "names", List.of("of emitter"));
            await().atMost(20, TimeUnit.SECONDS)
                    .until(() -> agent.order("fetch", "node", "rooms", List.of("of emitter"))
                                    .size()
                            == 1);
        }
    }

    @Nested
    class OnOnePattern extends Classic {
        OnOnePattern() {
            super("classic", ClusterOptions.DEFAULTS);
        }
    }

    @Nested
    class OnExactChannels extends Classic {
        OnExactChannels() {
            super(
                    "classic-specific",
                    ClusterOptions.builder()
                            .exactSubscriptions(true)
                            .publishOnSpecificResponseChannel(true)
                            .build());
        }
    }

    @Nested
    class ShardedStatic extends WithNode {
        ShardedStatic() {
            super(
                    "static",
                    ClusterOptions.builder().sharded(SubscriptionMode.STATIC).build());
        }
    }

    @Nested
    class ShardedDynamic extends WithNode {
        ShardedDynamic() {
            super(
                    "dynamic",
                    ClusterOptions.builder().sharded(SubscriptionMode.DYNAMIC).build());
        }
    }

    @Nested
    class ShardedDynamicPrivate extends WithNode {
        ShardedDynamicPrivate() {
            super(
                    "dynamic-private",
                    ClusterOptions.builder()
                            .sharded(SubscriptionMode.DYNAMIC_PRIVATE)
                            .build());
        }
    }
}
