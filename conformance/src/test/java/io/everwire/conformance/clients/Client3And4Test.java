package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.RefusedException;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The official clients 3.1.3, 4.0, 4.4 and 4.8.4 in Node, one for each engine release of this generation. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Client3And4Test {
    private static final String TEXT = "é € 😀 </script> \u2028 \" \\";
    private static final long TIMEOUT_SECONDS = 60;

    /** Suffixes of package names for the agent; the empty one is 4.8.4. */
    private static final List<String> PACKAGES = List.of("3.1.3", "4.0", "4.4", "");

    private static final Map<String, String> VERSIONS =
            Map.of("3.1.3", "3.1.3", "4.0", "4.0.2", "4.4", "4.4.1", "", "4.8.4");

    private final Agent agent = new Agent();
    private final BlockingQueue<Socket> joined = new LinkedBlockingQueue<>();
    private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> left = new LinkedBlockingQueue<>();
    private Site site;

    record Numbers(int a, int b) {}

    enum Way {
        POLLING(List.of("polling")),
        WEBSOCKET(List.of("websocket")),
        UPGRADE(List.of("polling", "websocket"));

        private final List<String> transports;

        Way(List<String> transports) {
            this.transports = transports;
        }
    }

    static List<Arguments> clients() {
        List<Arguments> all = new ArrayList<>();
        for (String version : PACKAGES) {
            for (Way way : Way.values()) {
                all.add(Arguments.of(version, way));
            }
        }
        return all;
    }

    @BeforeAll
    void start() throws Exception {
        site = new Site(ServerOptions.builder().build());
        site.server().onConnection(joined::add);
        site.server().onDisconnect((socket, reason) -> left.add("/ " + reason));
        site.server().on("value", Object.class, (socket, value) -> received.add(value));
        site.server().onCall("sum", Numbers.class, (socket, numbers) -> numbers.a() + numbers.b());
        site.server().onCall("turned", byte[].class, (socket, bytes) -> new byte[] {bytes[1], bytes[0]});
        site.server().of("/other").onConnection(joined::add);
        site.server().of("/other").onDisconnect((socket, reason) -> left.add("/other " + reason));
        site.server().of("/guarded").use(socket -> {
            String token = String.valueOf(socket.handshake().auth(Map.class).get("token"));
            throw new RefusedException("not with " + token, Map.of("code", 7));
        });
    }

    @AfterAll
    void stop() throws Exception {
        agent.close();
        site.close();
    }

    /** Removes events of a failed test. */
    @BeforeEach
    void forget() {
        joined.clear();
        received.clear();
        left.clear();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("clients")
    void allFeatures(String version, Way way) throws Exception {
        String name = "all " + version + " " + way;
        Socket socket = open(name, version, way);
        assertThat(socket.handshake().generation()).isEqualTo("eio4");
        values(name, socket);
        acks(name, socket);
        namespaces(name);
        assertThat(socket.transport()).isEqualTo(way == Way.POLLING ? "polling" : "websocket");

        agent.order("close", name);
        assertThat(left()).isEqualTo("/ client namespace disconnect");
        agent.inbox(name).take("disconnect", "[\"io client disconnect\"]");
        Matrix.works("eio4", VERSIONS.get(version), "Node", way.name().toLowerCase(Locale.ROOT));
    }

    private void values(String name, Socket socket) throws InterruptedException {
        socket.emit("value", TEXT, Map.of("a", List.of(1, true, TEXT)), new byte[] {1, 2, (byte) 0xFF});
        assertThat(agent.inbox(name).take("value").toString())
                .contains("{\"a\":[1,true,\"é € 😀 </script> \u2028", "[1,2,255]");
        socket.send(TEXT);
        assertThat(agent.inbox(name).take("message").get(0).asString()).isEqualTo(TEXT);
        for (Object value : List.of(TEXT, Map.of("b", List.of(TEXT, 1)))) {
            agent.order("emit", name, "event", "value", "args", List.of(value));
            assertThat(next(received)).isEqualTo(value);
        }
        agent.order("emitBytes", name, "event", "value", "bytes", List.of(1, 0, 255));
        assertThat(next(received)).isEqualTo(new byte[] {1, 0, (byte) 0xFF});
    }

    private void acks(String name, Socket socket) throws Exception {
        assertThat(agent.order("callBefore3", name, "event", "sum", "args", List.of(Map.of("a", 1, "b", 2)))
                        .asInt())
                .isEqualTo(3);
        assertThat(agent.order("callBytes", name, "event", "turned", "bytes", List.of(1, 255))
                        .toString())
                .contains("[255,1]");
        assertThat(socket.call("question", String.class, 1).get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isEqualTo("answer to");
    }

    private void namespaces(String name) throws InterruptedException {
        agent.order("join", name + " other", "of", name, "namespace", "/other", "auth", Map.of("token", "x"));
        Socket other = next(joined);
        assertThat(other.handshake().auth(Map.class)).isEqualTo(Map.of("token", "x"));
        assertThat(agent.inbox(name + " other").take("connect").get(0).asString())
                .isEqualTo(other.id());
        other.emit("value", TEXT);
        assertThat(agent.inbox(name + " other").take("value").get(0).asString()).isEqualTo(TEXT);
        agent.order("join", name + " guarded", "of", name, "namespace", "/guarded", "auth", Map.of("token", "x"));
        agent.inbox(name + " guarded").take("connect_error", "[\"not with x\",{\"code\":7}]");
        agent.order("join", name + " nowhere", "of", name, "namespace", "/nowhere", "auth", Map.of());
        agent.inbox(name + " nowhere").take("connect_error", "[\"Invalid namespace\"]");
        agent.order("close", name + " other");
        assertThat(left()).isEqualTo("/other client namespace disconnect");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("clients")
    void theServerDisconnects(String version, Way way) throws Exception {
        String name = "sent away " + version + " " + way;
        open(name, version, way).disconnect();

        agent.inbox(name).take("disconnect", "[\"io server disconnect\"]");
        assertThat(left()).isEqualTo("/ server namespace disconnect");
        agent.order("close", name);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("clients")
    void theServerClosesTheConnection(String version, Way way) throws Exception {
        String name = "closed " + version + " " + way;
        open(name, version, way).disconnect(true);

        // The disconnect packet arrives before the close.
        agent.inbox(name).take("disconnect", "[\"io server disconnect\"]");
        assertThat(left()).isEqualTo("/ server namespace disconnect");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"3.1.3", "4.0", "4.4", ""})
    void theConnectionIsLost(String version) throws Exception {
        String name = "lost " + version;
        open(name, version, Way.WEBSOCKET);
        agent.order("lose", name);

        assertThat(left()).isIn("/ transport close", "/ transport error");
        agent.inbox(name).take("disconnect", "[\"transport close\"]");
    }

    private Socket open(String name, String version, Way way) throws Exception {
        Map<String, Object> options = Map.of("transports", way.transports);
        agent.order("open", name, "version", version, "url", site.url(""), "options", options);
        Socket socket = next(joined);
        assertThat(agent.inbox(name).take("connect").get(0).asString()).isEqualTo(socket.id());
        if (way == Way.UPGRADE) {
            agent.inbox(name).take("upgrade", "[\"websocket\"]");
        }
        return socket;
    }

    private String left() throws InterruptedException {
        return next(left);
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }
}
