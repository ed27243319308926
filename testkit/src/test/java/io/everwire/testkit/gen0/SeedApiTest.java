package io.everwire.testkit.gen0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.Registration;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.TransportOptions;
import io.everwire.testkit.TestExchange;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API in the README of Socket.IO 0.6, row by row, and its name here. */
class SeedApiTest {
    private static final String ALL =
            "websocket server-events flashsocket htmlfile xhr-multipart xhr-polling jsonp-polling";

    private final List<String> reported = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();
    private final ServerOptions.Builder options = ServerOptions.builder();
    private final TestServer test = server(options);

    private TestServer server(ServerOptions.Builder options) {
        TestServer made = TestServer.create(options.build());
        made.server().onConnection(sockets::add);
        return made;
    }

    private static String framed(String text) {
        return "~m~" + text.length() + "~m~" + text;
    }

    /** Returns the messages that a WebSocket received after the greeting. */
    private static List<String> news(TestWebSocket line) {
        return line.received().subList(1, line.received().size());
    }

    /** Opens a session by polling; returns the address of its polls. */
    private static String poll(TestServer test) {
        String greeting = test.request("GET", "/socket.io/xhr-polling//1")
                .send()
                .response()
                .text();
        return "/socket.io/xhr-polling/" + greeting.substring("~m~20~m~".length());
    }

    @Test
    @DisplayName("io.listen(httpServer, options): requests outside the resource go to the application")
    void listen() {
        assertThat(test.request("GET", "/").send().passedOn()).isTrue();
        assertThat(test.request("GET", "/socket.iox/websocket").send().passedOn())
                .isTrue();
        assertThat(test.webSocket("/socket.io/websocket").refused()).isFalse();
    }

    @Test
    @DisplayName("option resource: path")
    void resource() {
        TestServer elsewhere = server(ServerOptions.builder().path("/a/b"));
        assertThat(elsewhere.webSocket("/a/b/websocket").refused()).isFalse();
        assertThat(elsewhere.webSocket("/socket.io/websocket").refused()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "websocket, /socket.io/websocket",
        "flashsocket, /socket.io/flashsocket",
        "server-events, /socket.io/server-events",
        "htmlfile, /socket.io/htmlfile//1",
        "xhr-multipart, /socket.io/xhr-multipart/",
        "xhr-polling, /socket.io/xhr-polling//1",
        "jsonp-polling, /socket.io/jsonp-polling//1/0"
    })
    @DisplayName("option transports: each can be left out; requests to its addresses are rejected then")
    void transports(String name, String target) {
        boolean line = name.endsWith("socket");
        String[] others =
                Stream.of(ALL.split(" ")).filter(other -> !other.equals(name)).toArray(String[]::new);
        for (String[] served : List.of(new String[] {name}, ALL.split(" "), others)) {
            TestServer chosen = server(ServerOptions.builder().transports(served));
            TestExchange asked = line
                    ? chosen.webSocket(target).request()
                    : chosen.request("GET", target).send();
            // C5: the application's response would make build 0.6 poll in a loop.
            assertThat(asked.passedOn()).isFalse();
            assertThat(chosen.server().sockets()).hasSize(served == others ? 0 : 1);
        }
    }

    @Test
    @DisplayName("option transports by default: all but JSON-P, which scriptTransports adds")
    void defaultTransports() {
        String target = "/socket.io/jsonp-polling//1/0";
        assertThat(test.request("GET", target).send().dropped()).isTrue();
        TestServer all = server(ServerOptions.builder().scriptTransports(true));
        assertThat(all.request("GET", target).send().response().text()).startsWith("io.JSONP[0]._(\"~m~20~m~");
    }

    @Test
    @DisplayName(
            "option transportOptions {websocket: {closeTimeout: 8000}}: transport(name, settings), for each its own")
    void transportOptions() {
        TestServer timed = server(ServerOptions.builder()
                .transport(
                        "websocket",
                        TransportOptions.builder()
                                .closeTimeout(Duration.ofSeconds(8))
                                .heartbeatInterval(Duration.ofSeconds(3))
                                .heartbeatTimeout(Duration.ofSeconds(2))
                                .build())
                .transport(
                        "xhr-polling",
                        TransportOptions.builder()
                                .pollDuration(Duration.ofSeconds(1))
                                .build()));
        TestWebSocket line = timed.webSocket("/socket.io/websocket");
        TestWebSocket usual = timed.webSocket("/socket.io/flashsocket");
        timed.advance(Duration.ofSeconds(3));
        assertThat(news(line)).containsExactly("~m~4~m~~h~1");
        assertThat(news(usual)).isEmpty();
        timed.advance(Duration.ofSeconds(2));
        assertThat(line.closed()).isTrue();
        timed.advance(Duration.ofMillis(7_999));
        assertThat(sockets.get(0).connected()).isTrue();
        timed.advance(Duration.ofMillis(1));
        assertThat(sockets.get(0).connected()).isFalse();

        TestExchange idle = timed.request("GET", poll(timed) + "/1").send();
        timed.advance(Duration.ofSeconds(1));
        assertThat(idle.response().text()).isEmpty();
    }

    @Test
    @DisplayName("options onClientConnect …: setup(…), which runs before the first client")
    void listenersAsOptions() {
        options.setup(server -> {
            server.onConnection(socket -> reported.add("connection " + socket.transport()));
            server.onMessage((socket, message) -> reported.add("message " + message));
            server.onDisconnect((socket, reason) -> reported.add("disconnect " + reason));
        });
        for (int i = 0; i < 2; i++) {
            TestWebSocket line = server(options).webSocket("/socket.io/websocket");
            line.send(framed("a"));
            line.close();
            assertThat(reported).containsExactly("connection websocket", "message a", "disconnect transport close");
            reported.clear();
        }
        options.setup(server -> {});
        server(options).webSocket("/socket.io/websocket");
        assertThat(reported).isEmpty();
    }

    @Test
    @DisplayName("listener.server, .options, .clients: host(), options(), sockets()")
    void properties() {
        test.webSocket("/socket.io/websocket");
        SocketIoServer server = test.server();
        assertThat(server.options().path()).isEqualTo("/socket.io");
        assertThat(server.sockets()).containsOnly(Map.entry(sockets.get(0).id(), sockets.get(0)));
        // A server has a host once it is bound to an address; see the tests of hosts.
        assertThat(server.hosts()).isEmpty();
        assertThatThrownBy(server::host).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("addListener, removeListener: on… returns what removes it; off removes all of an event")
    void removing() {
        Registration connection = test.server().onConnection(socket -> reported.add("connection"));
        Registration message = test.server().onMessage((socket, text) -> reported.add("first " + text));
        test.server().onMessage((socket, text) -> reported.add("second " + text));
        TestWebSocket line = test.webSocket("/socket.io/websocket").send(framed("a"));
        message.remove();
        line.send(framed("b"));
        test.server().off("message");
        line.send(framed("c"));
        connection.remove();
        test.webSocket("/socket.io/websocket");
        assertThat(reported).containsExactly("connection", "first a", "second a", "second b");
    }

    @Test
    @DisplayName("listener.broadcast(message, except): send, except(ids…).send")
    void serverBroadcast() {
        List<TestWebSocket> lines = Stream.of(1, 2, 3)
                .map(i -> test.webSocket("/socket.io/websocket"))
                .toList();
        test.server().send("all");
        test.server().except(sockets.get(0).id()).send("but the first");
        test.server().except(sockets.get(0).id(), sockets.get(2).id()).send("the second");
        assertThat(news(lines.get(0))).containsExactly(framed("all"));
        assertThat(news(lines.get(1))).containsExactly(framed("all"), framed("but the first"), framed("the second"));
        assertThat(news(lines.get(2))).containsExactly(framed("all"), framed("but the first"));
    }

    @Test
    @DisplayName("clientConnect, clientMessage, clientDisconnect: onConnection, onMessage, onDisconnect, of the server")
    void serverEvents() {
        test.server().onConnection(socket -> reported.add("connection " + socket.connected()));
        test.server().onMessage((socket, message) -> reported.add("message " + message));
        test.server().onDisconnect((socket, reason) -> reported.add("disconnect " + reason + " " + socket.connected()));
        TestWebSocket line = test.webSocket("/socket.io/websocket");
        line.send(framed("a") + framed("~j~{\"b\":[1]}") + framed("~j~null"));
        line.close();
        assertThat(reported)
                .containsExactly(
                        "connection true",
                        "message a",
                        "message {b=[1]}",
                        "message null",
                        "disconnect transport close false");
    }

    @Test
    @DisplayName("client.listener, .connected, .connections, .sessionId: server(), connected(), connections(), id()")
    void clientProperties() {
        String polls = poll(test);
        Socket socket = sockets.get(0);
        assertThat(socket.server()).isSameAs(test.server());
        assertThat(socket.connected()).isTrue();
        assertThat(socket.connections()).isEqualTo(1);
        // The session id is the client's secret; the id of the socket is public.
        assertThat(polls).doesNotContain(socket.id());

        test.request("POST", polls + "/send").body("data=" + framed("a")).send();
        assertThat(socket.connections()).isEqualTo(1);
        for (int i = 2; i < 5; i++) {
            test.request("GET", polls + "/" + i).send();
            assertThat(socket.connections()).isEqualTo(i);
            socket.send("x");
        }
        test.advance(Duration.ofSeconds(8));
        assertThat(socket.connected()).isFalse();
    }

    @Test
    @DisplayName("client.connections of a WebSocket that comes back")
    void connectionsOfLines() {
        TestServer patient = server(ServerOptions.builder()
                .transport(
                        "websocket",
                        TransportOptions.builder()
                                .closeTimeout(Duration.ofSeconds(8))
                                .build()));
        TestWebSocket first = patient.webSocket("/socket.io/websocket");
        String sid = first.received().get(0).substring("~m~20~m~".length());
        assertThat(sockets.get(0).connections()).isEqualTo(1);
        first.close();
        patient.webSocket("/socket.io/websocket/" + sid);
        assertThat(sockets).hasSize(1);
        assertThat(sockets.get(0).connections()).isEqualTo(2);
    }

    @Test
    @DisplayName("client.send, client.broadcast, events message and disconnect: the same names, of the socket")
    void client() {
        TestWebSocket line = test.webSocket("/socket.io/websocket");
        TestWebSocket other = test.webSocket("/socket.io/websocket");
        Socket socket = sockets.get(0);
        socket.onMessage(message -> reported.add("message " + message));
        socket.onDisconnect(reason -> reported.add("disconnect " + reason));
        socket.send("to one");
        socket.send(Map.of("a", 1));
        socket.broadcast().send("to others");
        assertThat(news(line)).containsExactly(framed("to one"), framed("~j~{\"a\":1}"));
        assertThat(news(other)).containsExactly(framed("to others"));
        line.send(framed("b"));
        line.close();
        assertThat(reported).containsExactly("message b", "disconnect transport close");
    }

    @Test
    @DisplayName("packets for a client that is briefly away are queued, limited, and sent together (batching)")
    void messagesAreKept() {
        TestServer small = server(ServerOptions.builder().maxQueuedBytes(1_000));
        String polls = poll(small);
        Socket socket = sockets.get(0);
        socket.send("a");
        socket.send("b");
        assertThat(small.request("GET", polls + "/1").send().response().text()).isEqualTo(framed("a") + framed("b"));
        socket.send("x".repeat(900));
        assertThat(socket.connected()).isTrue();
        socket.send("x".repeat(900));
        assertThat(socket.connected()).isFalse();
        assertThat(small.request("GET", polls + "/2").send().dropped()).isTrue();
    }
}
