package io.everwire.conformance.cluster;

import static io.everwire.conformance.cluster.ClusterMatrix.Direction.TO_JAVA;
import static io.everwire.conformance.cluster.ClusterMatrix.Direction.TO_NODE;
import static io.everwire.conformance.cluster.NodePair.ON_JAVA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.SocketIoServer;
import io.everwire.cluster.ClusterOptions;
import io.everwire.conformance.clients.Agent;
import io.everwire.conformance.cluster.ClusterMatrix.Direction;
import io.everwire.conformance.cluster.ClusterMatrix.Feature;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A Java server and a Node server of any version in one cluster, and the tests that each version passes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WithEitherNode {
    final ClusterMatrix.Pair pair;
    final ClusterOptions options;
    private final String mode;
    private final Set<String> deliverers = ConcurrentHashMap.newKeySet();
    NodePair servers;
    Agent agent;
    SocketIoServer java;

    /** The id of the client {@code on java}. */
    String onJava;

    /** The id of the client {@code on node}. */
    String onNode;

    /** @param mode the mode of the Node server */
    WithEitherNode(ClusterMatrix.Pair pair, String mode, ClusterOptions options) {
        this.pair = pair;
        this.mode = mode;
        this.options = options;
    }

    /** Returns the agent with a browser. */
    abstract Agent browser();

    /** Returns the order that starts the Node server. */
    abstract String startsNode();

    /** Returns the order that lets it emit. */
    abstract String emitsOnNode();

    /** Returns the clients of the Node server, with their versions. The first one is {@code on node}. */
    abstract Map<String, String> clientsOnNode();

    @BeforeAll
    void start() throws Exception {
        servers = new NodePair(options, browser());
        agent = servers.agent();
        java = servers.java();
        java.onConnection(socket -> socket.onAnyOutgoing((receiver, event, arguments) ->
                deliverers.add(Thread.currentThread().getName())));
        servers.begin(startsNode(), mode);
        onJava = servers.client("on java", servers.javaPort(), "4.8");
        servers.client("old on java", servers.javaPort(), "2.5");
        servers.client("ancient on java", servers.javaPort(), "0.9");
        clientsOnNode().forEach((name, version) -> {
            String id = servers.client(name, servers.nodePort(), version);
            onNode = name.equals("on node") ? id : onNode;
        });
    }

    @AfterAll
    void stop() throws Exception {
        if (servers != null) {
            servers.close();
        }
    }

    /** Returns the clients of both servers. */
    final List<String> all() {
        return Stream.concat(ON_JAVA.stream(), clientsOnNode().keySet().stream())
                .toList();
    }

    /** Lets the Node server emit. */
    final void emitOnNode(Object... keysAndValues) {
        agent.order(emitsOnNode(), "node", keysAndValues);
    }

    final void works(Direction direction, Feature... features) {
        ClusterMatrix.works(pair, direction, features);
    }

    final void works(Feature... features) {
        works(TO_NODE, features);
        works(TO_JAVA, features);
    }

    @Test
    void eventsReachClientsOfEveryVersion() {
        emitOnNode("args", List.of("news", "node"));
        java.emit("news", "java");

        for (String name : all()) {
            agent.inbox(name).take("news", "[\"node\"]");
            agent.inbox(name).take("news", "[\"java\"]");
        }
        works(Feature.EVERYBODY);
    }

    /** A room with many clients would otherwise keep the client library from reading. */
    @Test
    void noThreadOfLettuceDelivers() {
        emitOnNode("args", List.of("news", "threads"));
        for (String name : all()) {
            agent.inbox(name).take("news", "[\"threads\"]");
        }

        assertThat(deliverers).isNotEmpty().noneMatch(thread -> thread.contains("lettuce"));
    }

    @Test
    void valuesArriveUnchanged() {
        List<Object> values = Arrays.asList(
                "\u00e9 \u20ac \ud83d\ude00 \u2028 \u0000", "", 0, -1, 1.5, 9007199254740991L, true, null, List.of());
        Map<String, Object> nested = Map.of("a", List.of(Map.of("b", Collections.singletonList(null)), Map.of()));
        String expected =
                "[[\"\u00e9 \u20ac \ud83d\ude00 \\u2028 \\u0000\", \"\", 0, -1, 1.5, 9007199254740991, true, null, []],"
                        + " {\"a\": [{\"b\": [null]}, {}]}, null]";
        emitOnNode("args", Arrays.asList("values", values, nested, null));
        servers.heard(all(), "values", expected);
        java.emit("values", values, nested, null);
        servers.heard(all(), "values", expected);
        works(Feature.VALUES);
    }

    @Test
    void largeTextsCross() {
        String text = "\u20ac".repeat(350_000);
        emitOnNode("args", List.of("large", text));
        servers.heard(all(), "large", "[350000]");
        java.emit("large", text);
        servers.heard(all(), "large", "[350000]");
        works(Feature.LARGE);
    }

    @Test
    void messagesStayMessages() {
        emitOnNode("args", List.of("message", "hello"));
        java.send("hi");

        for (String name : all()) {
            agent.inbox(name).take("message", "[\"hello\"]");
            agent.inbox(name).take("message", "[\"hi\"]");
        }
        servers.takeMessageOf06("hello");
        servers.takeMessageOf06("hi");
        works(Feature.MESSAGE);
    }

    @Test
    void messagesOfClientsOfEachVersionReachAllOthers() {
        for (String sender : all()) {
            agent.order("send", sender, "text", "of " + sender);
            for (String name : all()) {
                agent.inbox(name).take("message", "[\"of " + sender + "\"]");
            }
            servers.takeMessageOf06("of " + sender);
        }
        servers.sendFrom06("of 0.6");
        for (String name : all()) {
            agent.inbox(name).take("message", "[\"of 0.6\"]");
        }
        works(Feature.OF_CLIENTS);
    }

    @Test
    void roomsAreShared() {
        for (String room : List.of("r", "a room with twenty b", "\u20ac*?[x]")) {
            agent.order("join", "on java", "room", room);
            agent.order("join", "on node", "room", room);
            emitOnNode("rooms", List.of(room), "args", List.of("room news", "node", room));
            java.to(room).emit("room news", "java", room);

            for (String name : List.of("on node", "on java")) {
                agent.inbox(name).take("room news", "[\"node\", \"" + room + "\"]");
                agent.inbox(name).take("room news", "[\"java\", \"" + room + "\"]");
            }
            assertThat(agent.inbox("old on java").isEmptyOf("room news")).isTrue();
            assertThat(agent.inbox("old on node").isEmptyOf("room news")).isTrue();
        }
        works(Feature.ROOM);
    }

    @Test
    void aClientInTwoRoomsReceivesAnEventOnce() {
        for (String name : List.of("on java", "on node")) {
            agent.order("join", name, "room", "one");
            agent.order("join", name, "room", "two");
        }
        agent.order("join", "old on java", "room", "two");
        emitOnNode("rooms", List.of("one", "two"), "args", List.of("once", "both rooms"));
        servers.heard(List.of("on java", "on node", "old on java"), "once", "[\"both rooms\"]");
        java.to("one", "two").emit("once", "both rooms of java");
        servers.heard(List.of("on java", "on node", "old on java"), "once", "[\"both rooms of java\"]");
        works(Feature.TWO_ROOMS);
    }

    /** A client that is not ready for it does not receive it: the event is sent until it arrives. */
    @Test
    void volatileEventsCross() {
        await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> {
            emitOnNode("rooms", List.of(onJava), "volatile", true, "args", List.of("volatile", 1));
            java.asVolatile().emit("volatile", 2);
            assertThat(agent.inbox("on java").isEmptyOf("volatile")).isFalse();
            assertThat(agent.inbox("on node").isEmptyOf("volatile")).isFalse();
        });
        works(Feature.VOLATILE);
    }

    @Test
    void namespacesAreShared() {
        servers.client("other on java", servers.javaPort(), "4.8", "/other");
        servers.client("other on node", servers.nodePort(), clientsOnNode().get("on node"), "/other");
        emitOnNode("nsp", "/other", "args", List.of("news", "node"));
        java.of("/other").emit("news", "java");
        for (String name : List.of("other on java", "other on node")) {
            agent.inbox(name).take("news", "[\"node\"]");
            agent.inbox(name).take("news", "[\"java\"]");
        }
        works(Feature.NAMESPACE);
    }
}
