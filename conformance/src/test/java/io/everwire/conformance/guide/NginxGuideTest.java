package io.everwire.conformance.guide;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.conformance.clients.Agent;
import io.everwire.examples.ChatDemo;
import io.everwire.examples.guide.Proxied;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/guide/nginx.md}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NginxGuideTest {
    private static final long TIMEOUT_SECONDS = 60;
    private static final String TEXT = "é € 😀";

    private final Agent agent = new Agent();
    private final BlockingQueue<Socket> joined = new LinkedBlockingQueue<>();
    private SocketIoServer server;
    private Nginx nginx;
    private Path pages;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = SocketIoServer.create(Proxied.options().toBuilder()
                .scriptTransports(true)
                .clientFiles("4.8.4", "0.6.3")
                .build());
        server.onConnection(joined::add);
        server.onMessage((socket, message) -> socket.send(message));
        server.onCall("echo", Object.class, (socket, value) -> value);
        nginx = new Nginx(folder, Proxied.bind(server, 0).address().getPort());
        pages = folder.resolve("pages");
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
        nginx.close();
        agent.close();
    }

    @ParameterizedTest
    @CsvSource({"polling,", "websocket,", "polling,websocket"})
    void theOfficialClient(String first, String second) throws Exception {
        String name = "nginx " + first + " " + second;
        List<String> transports = second == null ? List.of(first) : List.of(first, second);
        agent.order("open", name, "url", nginx.url(), "options", Map.of("transports", transports));
        agent.inbox(name).take("connect");
        Socket socket = socket();
        if (second != null) {
            agent.inbox(name).take("upgrade", "[\"websocket\"]");
        }
        assertThat(agent.order("transport", name).asString()).isEqualTo(second == null ? first : second);
        String long64k = "x".repeat(64 * 1024);
        for (Object value : List.of(TEXT, Map.of("a", 1), long64k)) {
            assertThat(agent.order("call", name, "event", "echo", "args", List.of(value))
                            .toString())
                    .hasSizeGreaterThan(5);
        }
        agent.order("emitBytes", name, "event", "message", "bytes", List.of(1, 2, 255));
        assertThat(agent.inbox(name).take("message").get(0).path("data")).hasToString("[1,2,255]");
        socket.emit("bytes", new byte[900_000]);
        assertThat(agent.inbox(name).take("bytes").get(0).path("data")).hasSize(900_000);

        assertThat(socket.handshake().address())
                .as("the address from nginx, without a port")
                .hasToString("/127.0.0.1:0");
        assertThat(socket.handshake().headers()).containsEntry("x-forwarded-proto", "http");
        agent.order("close", name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket"})
    void overTls(String transport) throws Exception {
        String name = "nginx tls " + transport;
        Map<String, ?> options = Map.of(
                "transports",
                List.of(transport),
                "rejectUnauthorized",
                false,
                "extraHeaders",
                Map.of("Origin", nginx.tlsUrl(), "X-Forwarded-For", "10.0.0.1"));
        agent.order("open", name, "url", nginx.tlsUrl(), "options", options);
        agent.inbox(name).take("connect");
        Socket socket = socket();
        assertThat(socket.handshake().headers()).containsEntry("x-forwarded-proto", "https");
        assertThat(socket.handshake().secure()).as("the scheme from nginx").isTrue();
        assertThat(socket.handshake().address())
                .as("nginx replaces the header of the client")
                .hasToString("/127.0.0.1:0");
        assertThat(agent.order("call", name, "event", "echo", "args", List.of(TEXT))
                        .asString())
                .isEqualTo(TEXT);
        agent.order("close", name);
    }

    @Test
    void aPageOfTheSameOrigin() throws Exception {
        Files.writeString(pages.resolve("today.html"), """
                <!doctype html><meta charset="utf-8">
                <script src="/socket.io/socket.io.js"></script>
                <script>
                  const socket = io({ withCredentials: true });
                  socket.on('message', (text) => { document.title = text + ' ' + socket.io.engine.transport.name; });
                  socket.io.engine.on('upgrade', () => socket.send('hello'));
                </script>
                """);
        agent.order("page", "nginx page", "url", nginx.url() + "/today.html");
        socket();
        agent.order("waitFor", "nginx page", "script", "document.title === 'hello websocket'");
        agent.order("closePage", "nginx page");
    }

    @Test
    void pagesOfOtherOriginsAreRejected() {
        Map<String, ?> options =
                Map.of("transports", List.of("websocket"), "extraHeaders", Map.of("Origin", "http://127.0.0.1:1"));
        agent.order("open", "nginx other", "url", nginx.url(), "options", options);
        agent.inbox("nginx other").take("connect_error", "[\"websocket error\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "xhr-polling", "jsonp-polling", "htmlfile", "xhr-multipart"})
    void theClientOf2010(String transport) throws Exception {
        Files.writeString(pages.resolve(transport + ".html"), """
                <!doctype html><meta charset="utf-8"><body>
                <script>%s</script>
                <script src="/socket.io/0.6.3/socket.io.js"></script>
                <script>
                  window.got = [];
                  var client = new io.Socket('127.0.0.1', {port: %d, rememberTransport: false, transports: ['%s']});
                  client.on('message', function (message) { got.push(message); });
                  client.on('connect', function () { client.send('%s'); });
                  window.onload = function () { setTimeout(function () { client.connect(); }, 0); };
                </script>
                """.formatted(standIn(), nginx.port(), transport, TEXT));
        String name = "nginx 2010 " + transport;
        agent.order("page", name, "url", nginx.url() + "/" + transport + ".html");
        Socket socket = socket();
        agent.order("waitFor", name, "script", "window.got.length === 1");
        socket.send("news"); // nginx must not buffer it
        agent.order("waitFor", name, "script", "window.got.length === 2");
        assertThat(agent.order("evaluate", name, "script", "JSON.stringify(window.got)")
                        .asString())
                .isEqualTo("[\"" + TEXT + "\",\"news\"]");
        assertThat(socket.transport()).isEqualTo(transport);
        agent.order("closePage", name);
    }

    /** The handshake of draft 76 (the example of its section 1.2). No header announces its last eight bytes. */
    @Test
    void theDraftOfWebSocket() throws Exception {
        try (java.net.Socket raw = new java.net.Socket(InetAddress.getLoopbackAddress(), nginx.port())) {
            raw.setSoTimeout(60_000);
            String head = "GET /socket.io/websocket HTTP/1.1\r\nHost: 127.0.0.1:" + nginx.port()
                    + "\r\nOrigin: " + nginx.url() + "\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Key1: 4 @1  46546xW%0l 1 5\r\nSec-WebSocket-Key2: 12998 5 Y3 1  .P00\r\n\r\n";
            raw.getOutputStream().write((head + "^n:ds[4U").getBytes(ISO_8859_1));
            String answer = until(raw.getInputStream(), "8jKS'y:G*Co,Wxa-");
            assertThat(answer)
                    .startsWith("HTTP/1.1 101 ")
                    .contains("Sec-WebSocket-Location: ws://127.0.0.1:" + nginx.port() + "/socket.io/websocket\r\n");
            socket();
        }
    }

    @Test
    void clientsReconnectAfterAClose(@TempDir Path folder) throws Exception {
        SocketIoServer first = SocketIoServer.create();
        int port = Proxied.bind(first, 0).address().getPort();
        try (Nginx before = new Nginx(folder, port)) {
            for (String transport : List.of("polling", "websocket")) {
                Map<String, ?> options = Map.of(
                        "transports",
                        List.of(transport),
                        "reconnection",
                        true,
                        "reconnectionDelay",
                        50,
                        "reconnectionDelayMax",
                        200);
                agent.order("open", "missing " + transport, "url", before.url(), "options", options);
                agent.inbox("missing " + transport).take("connect");
            }
            first.close();
            agent.inbox("missing polling").take("disconnect");
            agent.inbox("missing websocket").take("disconnect");
            agent.inbox("missing polling").take("connect_error");
            try (SocketIoServer second = SocketIoServer.create()) {
                Proxied.bind(second, port);
                agent.inbox("missing polling").take("connect");
                agent.inbox("missing websocket").take("connect");
            }
        }
    }

    private Socket socket() throws InterruptedException {
        Socket socket = joined.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(socket).as("a socket that has joined").isNotNull();
        return socket;
    }

    /** Returns the script that replaces features of older browsers. */
    private static String standIn() throws Exception {
        try (InputStream script = ChatDemo.class.getResourceAsStream("/web/2010-browser.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String until(InputStream in, String end) throws Exception {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int read = in.read();
            assertThat(read).as(text.toString()).isNotNegative();
            text.append((char) read);
        }
        return text.toString();
    }
}
