package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.RefusedException;
import io.everwire.ServerOptions;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The official Java client 2.1.2. The test observes its upgrade on the server: the client does not report it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavaClientTest {
    private static final String TEXT = "é € 😀 </script> \u2028 \" \\";
    private static final long TIMEOUT_SECONDS = 60;

    private final BlockingQueue<io.everwire.Socket> joined = new LinkedBlockingQueue<>();
    private final BlockingQueue<Object> atServer = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> left = new LinkedBlockingQueue<>();
    private final BlockingQueue<Object> atClient = new LinkedBlockingQueue<>();
    private Site site;

    record Numbers(int a, int b) {}

    enum Way {
        POLLING("polling"),
        WEBSOCKET("websocket"),
        UPGRADE("polling", "websocket");

        private final String[] transports;

        Way(String... transports) {
            this.transports = transports;
        }
    }

    @BeforeAll
    void start() throws Exception {
        site = new Site(ServerOptions.builder().build());
        site.server().onConnection(joined::add);
        site.server().onDisconnect((socket, reason) -> left.add("/ " + reason));
        site.server().on("value", Object.class, (socket, value) -> atServer.add(value));
        site.server().onCall("sum", Numbers.class, (socket, numbers) -> numbers.a() + numbers.b());
        site.server().onCall("turned", byte[].class, (socket, bytes) -> new byte[] {bytes[1], bytes[0]});
        site.server().of("/other").onConnection(joined::add);
        site.server().of("/other").onDisconnect((socket, reason) -> left.add("/other " + reason));
        site.server().of("/guarded").use(socket -> {
            throw new RefusedException("not today", Map.of("code", 7));
        });
    }

    @AfterAll
    void stop() {
        site.close();
    }

    /** Removes events of a failed test. */
    @BeforeEach
    void forget() {
        joined.clear();
        atServer.clear();
        left.clear();
        atClient.clear();
    }

    @ParameterizedTest
    @EnumSource
    void allFeatures(Way way) throws Exception {
        Socket client = client("/", way, Map.of());
        client.on("message", args -> atClient.add(args[0]));
        client.on("value", args -> atClient.add(List.of(args)));
        client.on("question", args -> ((Ack) args[args.length - 1]).call("answer to " + args[0]));
        client.connect();
        io.everwire.Socket socket = next(joined);
        if (way == Way.UPGRADE) {
            await().atMost(Duration.ofSeconds(TIMEOUT_SECONDS))
                    .until(() -> socket.transport().equals("websocket"));
        }
        down(socket);
        up(client);
        acks(client, socket);
        namespaces(client, way);
        assertThat(socket.transport()).isEqualTo(way == Way.POLLING ? "polling" : "websocket");

        client.disconnect();
        assertThat(next(left)).isEqualTo("/ client namespace disconnect");
        Matrix.works("eio4", "2.1.2 (Java)", "JVM", way.name().toLowerCase(Locale.ROOT));
    }

    private void down(io.everwire.Socket socket) throws Exception {
        socket.send(TEXT);
        assertThat(next(atClient)).isEqualTo(TEXT);
        socket.emit("value", Map.of("a", List.of(1, true, TEXT)), new byte[] {1, 2, (byte) 0xFF});
        List<?> values = (List<?>) next(atClient);
        assertThat(((JSONObject) values.get(0)).getJSONArray("a").get(2)).isEqualTo(TEXT);
        assertThat(values.get(1)).isEqualTo(new byte[] {1, 2, (byte) 0xFF});
    }

    private void up(Socket client) throws Exception {
        client.emit("value", TEXT);
        assertThat(next(atServer)).isEqualTo(TEXT);
        client.emit("value", new JSONObject(Map.of("b", TEXT)));
        assertThat(next(atServer)).isEqualTo(Map.of("b", TEXT));
        client.emit("value", (Object) new byte[] {1, 0, (byte) 0xFF});
        assertThat(next(atServer)).isEqualTo(new byte[] {1, 0, (byte) 0xFF});
    }

    private void acks(Socket client, io.everwire.Socket socket) throws Exception {
        client.emit("sum", new Object[] {new JSONObject(Map.of("a", 1, "b", 2))}, args -> atClient.add(args[0]));
        assertThat(next(atClient)).isEqualTo(3);
        client.emit("turned", new Object[] {new byte[] {1, 2}}, args -> atClient.add(args[0]));
        assertThat(next(atClient)).isEqualTo(new byte[] {2, 1});
        assertThat(socket.call("question", String.class, TEXT).get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isEqualTo("answer to " + TEXT);
    }

    /** Opens a namespace on the same connection: {@code IO.socket} uses one connection for each address. */
    private void namespaces(Socket client, Way way) throws Exception {
        IO.Options options = options(way, Map.of("token", "x"));
        Socket other = client.io().socket("/other", options);
        other.on("value", args -> atClient.add(args[0]));
        other.connect();
        io.everwire.Socket joinedOther = next(joined);
        assertThat(joinedOther.handshake().auth(Map.class)).isEqualTo(Map.of("token", "x"));
        joinedOther.emit("value", TEXT);
        assertThat(next(atClient)).isEqualTo(TEXT);
        assertThat(other.id()).isEqualTo(joinedOther.id());

        for (String refused : List.of("/guarded", "/nowhere")) {
            Socket stranger = client.io().socket(refused, options);
            stranger.on(Socket.EVENT_CONNECT_ERROR, args -> atClient.add(args[0].toString()));
            stranger.connect();
            assertThat((String) next(atClient))
                    .contains(refused.equals("/guarded") ? "\"message\":\"not today\"" : "Invalid namespace");
        }
        other.disconnect();
        assertThat(next(left)).isEqualTo("/other client namespace disconnect");
    }

    @ParameterizedTest
    @EnumSource
    void theServerDisconnects(Way way) throws Exception {
        Socket client = client("/", way, Map.of());
        client.on(Socket.EVENT_DISCONNECT, args -> atClient.add(args[0]));
        client.connect();
        next(joined).disconnect();

        assertThat(next(atClient)).isEqualTo("io server disconnect");
        assertThat(next(left)).isEqualTo("/ server namespace disconnect");
        client.disconnect();
    }

    private Socket client(String namespace, Way way, Map<String, String> auth) {
        return IO.socket(URI.create(site.url(namespace)), options(way, auth));
    }

    private static IO.Options options(Way way, Map<String, String> auth) {
        return IO.Options.builder()
                .setTransports(way.transports)
                .setForceNew(true)
                .setReconnection(false)
                .setAuth(auth)
                .build();
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }
}
