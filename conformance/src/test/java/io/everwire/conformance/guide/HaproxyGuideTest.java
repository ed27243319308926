package io.everwire.conformance.guide;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.conformance.clients.Agent;
import io.everwire.examples.guide.Service;
import io.everwire.netty.NettyHost;
import io.everwire.netty.RouteResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The part of {@code docs/guide/proxies.md} on HAProxy: two servers behind it. */
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HaproxyGuideTest {
    private static final long TIMEOUT_SECONDS = 60;
    private static final Duration TIMEOUT = Duration.ofSeconds(TIMEOUT_SECONDS);

    private static final String PAGE = """
            <!doctype html><meta charset="utf-8">
            <script src="/socket.io/socket.io.js"></script>
            <script>
              const socket = io();
              socket.io.engine.on('upgrade', async () => { document.title = await socket.emitWithAck('echo', 'hello'); });
            </script>
            """;

    private final Agent agent = new Agent();
    private final BlockingQueue<Socket> joined = new LinkedBlockingQueue<>();
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private SocketIoServer one;
    private SocketIoServer two;
    private int names;

    @BeforeEach
    void start() {
        ready.set(true);
        one = server("one", ready);
        two = server("two", new AtomicBoolean(true));
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
        joined.clear();
    }

    @AfterAll
    void stop() throws Exception {
        agent.close();
    }

    @ParameterizedTest
    @CsvSource({"polling,", "websocket,", "polling,websocket"})
    void theOfficialClient(String first, String second, @TempDir Path folder) throws Exception {
        try (Haproxy proxy = new Haproxy(folder, Haproxy.documented(), port(one), port(two))) {
            // Several clients, so that both servers have some.
            for (int i = 0; i < 4; i++) {
                String name = open(proxy, second == null ? List.of(first) : List.of(first, second));
                agent.inbox(name).take("connect");
                if (second != null) {
                    agent.inbox(name).take("upgrade", "[\"websocket\"]");
                }
                Socket socket = socket();
                String long64k = "é € 😀 ".repeat(8 * 1024);
                assertThat(call(name, "echo", long64k)).isEqualTo(long64k);
                socket.emit("bytes", new byte[900_000]);
                assertThat(agent.inbox(name).take("bytes").get(0).path("data")).hasSize(900_000);
                assertThat(socket.handshake().address())
                        .as("the address from HAProxy, without a port")
                        .hasToString("/127.0.0.1:0");
            }
            assertThat(one.sockets()).hasSize(2);
            assertThat(two.sockets()).hasSize(2);
        }
    }

    @Test
    void aPageOfTheSameOrigin(@TempDir Path folder) throws Exception {
        try (Haproxy proxy = new Haproxy(folder, Haproxy.documented(), port(one), port(two))) {
            agent.order("page", "haproxy page", "url", proxy.url() + "/page");
            agent.order("waitFor", "haproxy page", "script", "document.title === 'hello'");
            agent.order("closePage", "haproxy page");
        }
    }

    @Test
    void withoutTheCookieAPollReachesTheOtherServer(@TempDir Path folder) throws Exception {
        String configuration =
                Haproxy.documented().replaceAll("(?m)^ +cookie .*\n", "").replaceAll(" cookie (one|two)", "");
        try (Haproxy proxy = new Haproxy(folder, configuration, port(one), port(two))) {
            agent.inbox(open(proxy, List.of("polling"))).take("connect_error");
            agent.inbox(open(proxy, List.of("websocket"))).take("connect");
        }
    }

    @Test
    void aServerThatIsNotReadyReceivesNoNewClients(@TempDir Path folder) throws Exception {
        try (Haproxy proxy = new Haproxy(folder, Haproxy.documented(), port(one), port(two))) {
            String early = open(proxy, List.of("websocket"));
            String late = open(proxy, List.of("websocket"));
            agent.inbox(early).take("connect");
            agent.inbox(late).take("connect");
            assertThat(List.of(call(early, "where", ""), call(late, "where", "")))
                    .contains("one", "two");

            ready.set(false);
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(placesOfNewClients(proxy))
                            .as("the servers of four new clients; they would be in turns")
                            .containsOnly("two"));
            // Until clients of earlier tests have left.
            await().atMost(TIMEOUT).until(() -> one.sockets().size() == 1);
            one.close();
            await().atMost(TIMEOUT).until(() -> two.sockets().size() == 2);
            agent.order("close", early);
            agent.order("close", late);
        }
    }

    /** A response without an end, for clients 0.6: HAProxy must not keep its parts. */
    @Test
    void aResponseWithoutAnEnd(@TempDir Path folder) throws Exception {
        try (Haproxy proxy = new Haproxy(folder, Haproxy.documented(), port(one), port(two));
                java.net.Socket raw = connection(proxy)) {
            write(raw, "GET /socket.io/xhr-multipart/ HTTP/1.1\r\nHost: 127.0.0.1:" + proxy.port() + "\r\n\r\n");
            Socket socket = socket();
            assertThat(socket.transport()).isEqualTo("xhr-multipart");
            socket.send("news");
            until(raw.getInputStream(), "~m~4~m~news");
        }
    }

    private static SocketIoServer server(String name, AtomicBoolean ready, BlockingQueue<Socket> joined) {
        NettyHost host = NettyHost.builder()
                .route("GET", "/health/ready", request -> RouteResponse.of(ready.get() ? 204 : 503))
                .route("GET", "/page", request -> RouteResponse.html(PAGE))
                .build();
        ServerOptions options = Service.options(ready).toBuilder().host(host).build();
        SocketIoServer server = SocketIoServer.create(options);
        server.onConnection(joined::add);
        server.onCall("echo", String.class, (socket, text) -> text);
        server.onCall("where", String.class, (socket, text) -> name);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return server;
    }

    private SocketIoServer server(String name, AtomicBoolean itsReady) {
        return server(name, itsReady, joined);
    }

    private static int port(SocketIoServer server) {
        return server.host().address().getPort();
    }

    /** Opens a client of Node; it returns cookies, as browsers do. */
    private String open(Haproxy proxy, List<String> transports) {
        String name = "haproxy " + names++;
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("transports", transports);
        options.put("withCredentials", true);
        options.put("reconnection", transports.contains("websocket") && transports.size() == 1);
        options.put("reconnectionDelay", 50);
        options.put("reconnectionDelayMax", 200);
        agent.order("open", name, "url", proxy.url(), "options", options);
        return name;
    }

    /** Connects four clients, one after the other, and returns the names of their servers. */
    private List<String> placesOfNewClients(Haproxy proxy) {
        List<String> places = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String name = open(proxy, List.of("websocket"));
            agent.inbox(name).take("connect");
            places.add(call(name, "where", ""));
            agent.order("close", name);
        }
        return places;
    }

    private String call(String name, String event, String argument) {
        return agent.order("call", name, "event", event, "args", List.of(argument))
                .asString();
    }

    private Socket socket() throws InterruptedException {
        Socket socket = joined.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(socket).as("a socket that has joined").isNotNull();
        return socket;
    }

    private static java.net.Socket connection(Haproxy proxy) throws IOException {
        java.net.Socket raw = new java.net.Socket(InetAddress.getLoopbackAddress(), proxy.port());
        raw.setSoTimeout((int) TIMEOUT.toMillis());
        return raw;
    }

    private static void write(java.net.Socket raw, String text) throws IOException {
        raw.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    private static void until(InputStream in, String expected) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(expected) < 0) {
            byte[] some = in.readNBytes(1);
            assertThat(some).as("the end of the connection, after: " + read).isNotEmpty();
            read.append(new String(some, UTF_8));
        }
    }
}
