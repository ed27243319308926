package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The official clients 1.0 to 2.5, unmodified: all bundles in Chromium, and the newer versions in Node. */
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Client1And2Test {
    private static final String TEXT = "é € 😀 </script> \u2028";
    private static final long TIMEOUT_SECONDS = 60;

    /** The path of the bundle by version. */
    private static final Map<String, String> BUNDLES = Map.of(
            "1.0.6", "socket.io.js",
            "1.1.0", "socket.io.js",
            "1.3.7", "socket.io.js",
            "1.4.8", "socket.io.js",
            "1.7.4", "dist/socket.io.js",
            "2.0.4", "dist/socket.io.js",
            "2.5.0", "dist/socket.io.js");

    private final Agent agent = new Agent();
    private final BlockingQueue<Socket> joined = new LinkedBlockingQueue<>();
    private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> left = new LinkedBlockingQueue<>();
    private Site site;

    record Numbers(int a, int b) {}

    enum Way {
        POLLING("transports: ['polling']"),
        JSONP("transports: ['polling'], forceJSONP: true"),
        WEBSOCKET("transports: ['websocket']"),
        UPGRADE("transports: ['polling', 'websocket']");

        private final String options;

        Way(String options) {
            this.options = options;
        }

        private String arrivesAt() {
            return this == WEBSOCKET || this == UPGRADE ? "websocket" : "polling";
        }

        /** The name in the table of clients. */
        private String shown() {
            return this == JSONP ? "jsonp-polling" : name().toLowerCase(Locale.ROOT);
        }
    }

    static List<Arguments> browserClients() {
        return clients(BUNDLES.keySet().stream().sorted().toList(), List.of(Way.values()));
    }

    /** The versions that run in Node today. Older ones need native modules for Node 0.10. */
    static List<Arguments> nodeClients() {
        return clients(List.of("1.4.8", "1.7.4", "2.0.4", "2.5.0"), List.of(Way.POLLING, Way.WEBSOCKET, Way.UPGRADE));
    }

    private static List<Arguments> clients(List<String> versions, List<Way> ways) {
        List<Arguments> all = new ArrayList<>();
        for (String version : versions) {
            ways.forEach(way -> all.add(Arguments.of(version, way)));
        }
        return all;
    }

    @BeforeAll
    void start() throws Exception {
        site = new Site(ServerOptions.builder().scriptTransports(true).build());
        site.server().onConnection(joined::add);
        site.server().onDisconnect((socket, reason) -> left.add(reason.toString()));
        site.server().on("text", Object.class, (socket, value) -> received.add(value));
        site.server().on("bytes", byte[].class, (socket, bytes) -> received.add(bytes));
        site.server().onCall("sum", Numbers.class, (socket, numbers) -> numbers.a() + numbers.b());
        site.server().of("/other").onDisconnect((socket, reason) -> left.add("/other " + reason));
        site.server()
                .of("/other")
                .onConnection(
                        socket -> received.add("joined " + socket.namespace().name()));
        for (Map.Entry<String, String> bundle : BUNDLES.entrySet()) {
            Path file = Agent.ROOT.resolve(
                    "conformance/js/node_modules/socket.io-client-" + bundle.getKey() + "/" + bundle.getValue());
            site.page("/clients/" + bundle.getKey() + ".js", Files.readString(file));
        }
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

    @ParameterizedTest
    @MethodSource("browserClients")
    void inChromium(String version, Way way) throws Exception {
        String name = version + " " + way;
        agent.order("page", name, "url", site.page("/" + version + "/" + way, bare(version, way)));
        Socket socket = joined();
        if (way == Way.UPGRADE) {
            agent.order("waitFor", name, "script", "client.io.engine.transport.name === 'websocket'");
        }
        assertThat(socket.handshake().generation()).isEqualTo("eio3");
        down(name, socket);
        up(name);
        acks(name, socket);
        namespaces(name);
        assertThat(socket.transport()).isEqualTo(way.arrivesAt());

        socket.disconnect();
        agent.order("waitFor", name, "script", "window.gone === 'io server disconnect'");
        assertThat(left.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo("server namespace disconnect");
        agent.order("closePage", name);
        assertThat(agent.inbox(name).isEmptyOf("pageerror")).isTrue();
        Matrix.works("eio3", version, "Chromium", way.shown());
    }

    private void down(String name, Socket socket) {
        socket.emit("text", TEXT);
        socket.emit("text", Map.of("a", List.of(1, true, "é"), "ключ", 1.5));
        socket.send(TEXT);
        socket.emit("bytes", TEXT, new byte[] {1, 2, (byte) 0xFF});
        agent.order("waitFor", name, "script", "window.got.length === 4");
        assertThat(agent.order("evaluate", name, "script", "window.got[0]").asString())
                .isEqualTo(TEXT);
        assertThat(agent.order("evaluate", name, "script", "window.got[1]").toString())
                .contains("\"a\":[1,true,\"é\"]", "\"ключ\":1.5");
        assertThat(agent.order("evaluate", name, "script", "window.got[2]").asString())
                .isEqualTo(TEXT);
        assertThat(agent.order("evaluate", name, "script", "window.got[3]").toString())
                .isEqualTo("[\"" + TEXT + "\",[1,2,255]]");
    }

    private void up(String name) throws InterruptedException {
        agent.order(
                "evaluate",
                name,
                "script",
                "client.emit('text', 'é'); client.emit('text', '" + TEXT
                        + "'); client.emit('text', 'a\\n\\\\n\\\\\\\\n');"
                        + "client.emit('text', {b: ['é', null]}); 0");
        assertThat(next()).isEqualTo("é");
        assertThat(next()).isEqualTo(TEXT);
        assertThat(next()).isEqualTo("a\n\\n\\\\n");
        assertThat(next()).hasToString("{b=[é, null]}");
        agent.order("evaluate", name, "script", "client.emit('bytes', new Uint8Array([1, 0, 255]).buffer); 0");
        assertThat(next()).isEqualTo(new byte[] {1, 0, (byte) 0xFF});
    }

    private void acks(String name, Socket socket) throws Exception {
        agent.order(
                "evaluate", name, "script", "client.emit('sum', {a: 1, b: 2}, function (n) { window.sum = n; }); 0");
        agent.order("waitFor", name, "script", "window.sum === 3");
        assertThat(socket.call("question", String.class, TEXT).get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isEqualTo("answer to " + TEXT);
    }

    /**
     * The clients connect by themselves and once more on {@code connect()}. After two calls, 1.0 and 1.1 keep the connection when
     * the last namespace is closed. After one call they close it, and with JSON-P recurse endlessly, also with the original server.
     */
    private void namespaces(String name) throws InterruptedException {
        agent.order(
                "evaluate",
                name,
                "script",
                "var other = client.io.socket('/other'); other.open();"
                        + "client.io.socket('/nowhere').on('error', function (e) { window.refused = e; }).open(); 0");
        assertThat(next()).isEqualTo("joined /other");
        agent.order("waitFor", name, "script", "window.refused === 'Invalid namespace' && other.connected");
        agent.order("evaluate", name, "script", "other.disconnect(); 0");
        assertThat(left.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo("/other client namespace disconnect");
    }

    @ParameterizedTest
    @MethodSource("nodeClients")
    void inNode(String version, Way way) throws Exception {
        String name = "Node " + version + " " + way;
        List<String> transports = switch (way) {
            case POLLING, JSONP -> List.of("polling");
            case WEBSOCKET -> List.of("websocket");
            case UPGRADE -> List.of("polling", "websocket");
        };
        agent.order(
                "openBefore3",
                name,
                "version",
                version,
                "url",
                site.url(""),
                "options",
                Map.of("transports", transports));
        agent.inbox(name).take("connect");
        Socket socket = joined();
        if (way == Way.UPGRADE) {
            agent.inbox(name).take("upgrade", "[\"websocket\"]");
        }
        socket.emit("echo", TEXT);
        agent.inbox(name).take("echo", "[\"" + TEXT + "\"]");
        socket.emit("bytes", (Object) new byte[] {1, 2, 3});
        assertThat(agent.inbox(name).take("bytes").get(0).toString()).contains("[1,2,3]");
        for (Object value : List.of("é", TEXT, Map.of("b", "é"))) {
            agent.order("emit", name, "event", "text", "args", List.of(value));
            assertThat(next()).isEqualTo(value);
        }
        agent.order("emitBytes", name, "event", "bytes", "bytes", List.of(1, 0, 255));
        assertThat(next()).isEqualTo(new byte[] {1, 0, (byte) 0xFF});
        assertThat(agent.order("callBefore3", name, "event", "sum", "args", List.of(Map.of("a", 1, "b", 2)))
                        .asInt())
                .isEqualTo(3);
        assertThat(socket.call("question", String.class, 1).get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isEqualTo("answer to");
        agent.order("close", name);
        assertThat(left.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isIn("client namespace disconnect", "transport close");
        Matrix.works("eio3", version, "Node", way.shown());
    }

    /** Clients 2.x send the query of a namespace behind its name; the application receives it as auth. */
    @Test
    void theQueryOfANamespaceIsOfferedAsAuth() throws Exception {
        BlockingQueue<Object> tokens = new LinkedBlockingQueue<>();
        site.server()
                .of("/guarded")
                .onConnection(socket -> tokens.add(socket.handshake().auth(Object.class)));
        agent.order(
                "openBefore3",
                "guarded",
                "version",
                "2.5.0",
                "url",
                site.url("/guarded?token=x%20y"),
                "options",
                Map.of());
        assertThat(tokens.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).hasToString("{token=x y}");
        assertThat(joined().handshake().query()).containsEntry("token", "x y");
        agent.order("close", "guarded");
        assertThat(left.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isNotNull();
    }

    /** The page of their README, with the client file of the server only. */
    @ParameterizedTest
    @ValueSource(strings = {"1.7.4", "2.5.0"})
    void thePageOfTheReadmeWorksWithTheClientThatIsServed(String version) throws Exception {
        try (Site own = new Site(ServerOptions.builder().clientFiles(version).build())) {
            own.server().onMessage((socket, message) -> socket.emit("event", "you said " + message));
            String url = own.page("/readme.html", """
                    <script src="/socket.io/socket.io.js"></script>
                    <script>
                      var socket = io();
                      socket.on('connect', function () { socket.send('hi'); });
                      socket.on('event', function (data) { document.title = data; });
                    </script>
                    """);
            agent.order("page", "readme", "url", url);
            agent.order("waitFor", "readme", "script", "document.title === 'you said hi'");
            agent.order("closePage", "readme");
        }
    }

    private Socket joined() throws InterruptedException {
        Socket socket = joined.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(socket).isNotNull();
        return socket;
    }

    private Object next() throws InterruptedException {
        return received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private String bare(String version, Way way) {
        return """
                <!doctype html><meta charset="utf-8"><body>
                <script src="/clients/%s.js"></script>
                <script>
                  window.got = [];
                  function connect() {
                    window.client = io('http://127.0.0.1:%d', {%s, forceNew: true, reconnection: false});
                    client.on('text', function (value) { window.got.push(value); });
                    client.on('message', function (value) { window.got.push(value); });
                    client.on('bytes', function (text, bytes) { window.got.push([text, Array.from(new Uint8Array(bytes))]); });
                    client.on('question', function (text, answer) { answer('answer to ' + text); });
                    client.on('disconnect', function (reason) { window.gone = reason; });
                  }
                  // Not earlier: the pending script of a JSON-P poll keeps the page loading.
                  window.onload = function () { setTimeout(connect); };
                </script>
                """.formatted(version, site.port(), way.options);
    }
}
