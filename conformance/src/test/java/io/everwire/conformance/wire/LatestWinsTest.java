package io.everwire.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.DropReason;
import io.everwire.EmitResult;
import io.everwire.LimitOptions;
import io.everwire.ServerObserver;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Volatile events with a key: a slow client receives the newest one of each key, in every generation. */
class LatestWinsTest {
    private static final String EIO4 = "/socket.io/?EIO=4&transport=polling";

    private final List<DropReason> dropped = new ArrayList<>();
    private final List<String> limits = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();

    /**
     * A client of one generation.
     *
     * @param open opens a WebSocket and joins
     * @param text returns a message as the client receives it
     */
    private record Client(String generation, Function<TestServer, TestWebSocket> open, Function<String, String> text) {
        @Override
        public String toString() {
            return generation;
        }
    }

    static Stream<Client> clients() {
        return Stream.of(
                new Client(
                        "gen0",
                        test -> test.webSocket("/socket.io/websocket"),
                        text -> "~m~" + text.length() + "~m~" + text),
                new Client(
                        "gen1",
                        test -> test.webSocket("/socket.io/1/websocket/" + handshake(test)),
                        text -> "3:::" + text),
                new Client(
                        "eio3",
                        test -> test.webSocket("/socket.io/?EIO=3&transport=websocket"),
                        text -> "42[\"message\",\"" + text + "\"]"),
                new Client(
                        "eio4",
                        test -> test.webSocket("/socket.io/?EIO=4&transport=websocket")
                                .send("40"),
                        text -> "42[\"message\",\"" + text + "\"]"));
    }

    /** Sends a message to a client with a key: to its socket, or to a room. */
    private enum Way {
        SOCKET((socket, key) -> message -> socket.asVolatile(key).send(message)),
        BROADCAST((socket, key) -> message -> {
            socket.server().to(socket.id()).asVolatile(key).send(message);
            return EmitResult.ACCEPTED;
        }),
        OTHER_THREAD((socket, key) -> message -> {
            EmitResult[] result = new EmitResult[1];
            Thread other = new Thread(() -> result[0] = socket.asVolatile(key).send(message));
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return result[0];
        });

        private final BiFunction<Socket, String, Function<String, EmitResult>> send;

        Way(BiFunction<Socket, String, Function<String, EmitResult>> send) {
            this.send = send;
        }

        EmitResult send(Socket socket, String key, String message) {
            return send.apply(socket, key).apply(message);
        }
    }

    static Stream<Object[]> waysOfClients() {
        return clients().flatMap(client -> Stream.of(Way.values()).map(way -> new Object[] {client, way}));
    }

    @ParameterizedTest
    @MethodSource("waysOfClients")
    void aSlowClientReceivesTheNewestOfEachKey(Client client, Way way) {
        TestWebSocket line = client.open.apply(server(ServerOptions.builder()));
        int before = line.received().size();
        assertThat(way.send(socket(), "a", "a0")).isEqualTo(EmitResult.ACCEPTED);
        line.writable(false);

        for (String message : List.of("a1", "b1", "a2", "b2", "a3")) {
            assertThat(way.send(socket(), message.substring(0, 1), message)).isEqualTo(EmitResult.ACCEPTED);
        }
        assertThat(line.received()).as("nothing is queued").hasSize(before + 1);
        line.writable(true);
        assertThat(way.send(socket(), "a", "a4")).isEqualTo(EmitResult.ACCEPTED);

        assertThat(line.received().subList(before, line.received().size()))
                .isEqualTo(Stream.of("a0", "a3", "b2", "a4").map(client.text).toList());
        assertThat(dropped).hasSize(3).containsOnly(DropReason.REPLACED);
        assertThat(socket().pressure()).isZero();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void reliableMessagesAndThoseWithoutAKeyAreAsBefore(Client client) {
        TestWebSocket line = client.open.apply(server(ServerOptions.builder()));
        int before = line.received().size();
        line.writable(false);

        socket().asVolatile("a").send("kept");
        socket().send("reliable");
        assertThat(socket().asVolatile().send("dropped")).isEqualTo(EmitResult.dropped(DropReason.VOLATILE));
        line.writable(true);

        assertThat(line.received().subList(before, line.received().size()))
                .containsExactly(client.text.apply("reliable"), client.text.apply("kept"));
    }

    @Test
    void onePollReceivesTheNewestOfAllKeys() {
        TestServer test = server(ServerOptions.builder());
        String sid = poll(test);

        for (String message : List.of("a1", "b1", "c1", "a2", "b2")) {
            assertThat(socket().asVolatile(message.substring(0, 1)).send(message))
                    .isEqualTo(EmitResult.ACCEPTED);
        }
        assertThat(socket().pressure()).isPositive();
        assertThat(test.request("POST", EIO4 + "&sid=" + sid)
                        .body("3")
                        .send()
                        .response()
                        .text())
                .as("a POST takes nothing")
                .isEqualTo("ok");

        assertThat(test.request("GET", EIO4 + "&sid=" + sid).send().response().text())
                .isEqualTo("42[\"message\",\"a2\"]\u001e42[\"message\",\"b2\"]\u001e42[\"message\",\"c1\"]");
        assertThat(socket().pressure()).isZero();
    }

    @Test
    void pollsOfOlderGenerations() {
        TestServer test = server(ServerOptions.builder());
        String eio3 = "/socket.io/?EIO=3&transport=polling&b64=1";
        String sid = test.request("GET", eio3).send().response().text().replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
        sockets.get(0).asVolatile("a").send("a1");
        sockets.get(0).asVolatile("a").send("a2");
        assertThat(test.request("GET", eio3 + "&sid=" + sid).send().response().text())
                .contains("[\"message\",\"a2\"]")
                .doesNotContain("a1");

        String gen1 = "/socket.io/1/xhr-polling/" + handshake(test);
        assertThat(test.request("GET", gen1).send().response().text()).isEqualTo("1::");
        sockets.get(1).asVolatile("a").send("a1");
        sockets.get(1).asVolatile("b").send("b1");
        sockets.get(1).asVolatile("a").send("a2");
        assertThat(test.request("GET", gen1).send().response().text())
                .contains("3:::a2", "3:::b1")
                .doesNotContain("a1");
    }

    @Test
    void aNewerEventThatIsSentAtOnceReplacesTheKeptOne() {
        TestServer test = server(ServerOptions.builder());
        TestWebSocket line =
                clients().reduce((first, last) -> last).orElseThrow().open.apply(test);
        int before = line.received().size();
        line.writable(false);
        socket().asVolatile("a").send("old");

        test.time().atOnce(() -> {
            line.writable(true);
            socket().asVolatile("a").send("new");
        });

        assertThat(line.received().subList(before, line.received().size())).endsWith("42[\"message\",\"new\"]");
        assertThat(line.received().stream().filter(text -> text.contains("old")).count())
                .isLessThanOrEqualTo(1);
    }

    @Test
    void keysOfTwoNamespacesAreDifferent() {
        TestServer test = server(ServerOptions.builder());
        test.server().of("/other").onConnection(sockets::add);
        TestWebSocket line = test.webSocket("/socket.io/?EIO=4&transport=websocket")
                .send("40")
                .send("40/other,");
        int before = line.received().size();
        line.writable(false);

        sockets.get(0).asVolatile("a").send("one");
        sockets.get(1).asVolatile("a").send("two");
        line.writable(true);

        assertThat(line.received().subList(before, line.received().size()))
                .containsExactly("42[\"message\",\"one\"]", "42/other,[\"message\",\"two\"]");
    }

    @Test
    void aNamespaceThatTheClientLeftSendsNothingMore() {
        TestServer test = server(ServerOptions.builder());
        TestWebSocket line =
                test.webSocket("/socket.io/?EIO=4&transport=websocket").send("40");
        int before = line.received().size();
        line.writable(false);
        socket().asVolatile("a").send("kept");

        socket().disconnect();
        line.writable(true);

        assertThat(line.received().subList(before, line.received().size())).containsExactly("41");
    }

    @Test
    void keysAreLimited() {
        TestServer test = server(ServerOptions.builder()
                .limits(LimitOptions.builder().maxVolatileKeys(2).build()));
        TestWebSocket line =
                test.webSocket("/socket.io/?EIO=4&transport=websocket").send("40");
        int before = line.received().size();
        line.writable(false);

        assertThat(socket().asVolatile("a").send("a1")).isEqualTo(EmitResult.ACCEPTED);
        assertThat(socket().asVolatile("b").send("b1")).isEqualTo(EmitResult.ACCEPTED);
        socket().asVolatile("c").send("c1");
        socket().asVolatile("a").send("a2");
        line.writable(true);

        assertThat(dropped).containsExactly(DropReason.VOLATILE, DropReason.REPLACED);
        assertThat(limits).containsExactly("maxVolatileKeys");
        assertThat(line.received().subList(before, line.received().size()))
                .containsExactly("42[\"message\",\"a2\"]", "42[\"message\",\"b1\"]");
    }

    @Test
    void keptBytesAreLimitedAndNobodyIsClosed() {
        TestServer test = server(ServerOptions.builder().maxQueuedBytes(5_000));
        TestWebSocket line =
                test.webSocket("/socket.io/?EIO=4&transport=websocket").send("40");
        line.writable(false);

        for (int i = 0; i < 100; i++) {
            socket().asVolatile("key " + i).send("x".repeat(1_000));
        }
        assertThat(socket().pressure()).isBetween(4_000, 5_000);
        assertThat(test.server().counters().queuedBytes()).isBetween(3_000L, 6_000L);
        for (int i = 0; i < 4; i++) {
            socket().send("y".repeat(900));
        }
        line.writable(true);

        assertThat(socket().connected()).isTrue();
        assertThat(socket().pressure()).isZero();
        assertThat(test.server().counters().queuedBytes()).isZero();
    }

    @Test
    void aKeyIsNeeded() {
        TestServer test = server(ServerOptions.builder());
        test.webSocket("/socket.io/websocket");
        SocketIoServer server = test.server();

        assertThatThrownBy(() -> socket().asVolatile(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> server.asVolatile(null)).isInstanceOf(NullPointerException.class);
    }

    private Socket socket() {
        return sockets.get(0);
    }

    private static String handshake(TestServer test) {
        String handshake =
                test.request("GET", "/socket.io/1/").send().response().text();
        return handshake.substring(0, handshake.indexOf(':'));
    }

    private static String poll(TestServer test) {
        String open = test.request("GET", EIO4).send().response().text();
        String sid = open.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
        test.request("POST", EIO4 + "&sid=" + sid).body("40").send();
        test.request("GET", EIO4 + "&sid=" + sid).send();
        return sid;
    }

    private TestServer server(ServerOptions.Builder options) {
        TestServer test = TestServer.create(options.observer(new ServerObserver() {
                    @Override
                    public void dropped(DropReason reason) {
                        dropped.add(reason);
                    }

                    @Override
                    public void limitReached(String option) {
                        limits.add(option);
                    }
                })
                .build());
        test.server().onConnection(sockets::add);
        return test;
    }
}
