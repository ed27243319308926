package io.everwire.servlet.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Ack;
import io.everwire.CloseReason;
import io.everwire.Handshake;
import io.everwire.Host;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.servlet.ContainerTls;
import io.everwire.servlet.ServletOptions;
import io.everwire.servlet.SocketIoFilter;
import io.everwire.servlet.TestContainer;
import io.everwire.servlet.TestContainer.Application;
import io.everwire.testkit.host.RawPeer;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients on a port of the container that speaks TLS: HTTP/1.1, HTTP/2, and WebSockets. */
@Tag("once")
@Timeout(120)
class SecureInContainerTest {
    private static final ServletOptions PATIENT =
            ServletOptions.builder().closeTimeout(Duration.ofMinutes(5)).build();
    private static final String BINARY = "451-[\"echo\",{\"_placeholder\":true,\"num\":0}]";

    private final SocketIoServer server =
            SocketIoServer.create(ServerOptions.builder().noClientFiles().build());
    private final CompletableFuture<Handshake> handshake = new CompletableFuture<>();
    private final CompletableFuture<CloseReason> disconnected = new CompletableFuture<>();
    private final BlockingQueue<String> parked = new LinkedBlockingQueue<>();

    private @Nullable Host host;

    @BeforeEach
    void start() throws Exception {
        server.onConnection(socket -> {
            handshake.complete(socket.handshake());
            socket.onDisconnect(disconnected::complete);
        });
        server.onRaw("echo", (socket, arguments) -> {
            socket.emit("echo", arguments.all().toArray());
            return Ack.none();
        });
        // A request is parked once its filters have returned.
        Filter parks = (request, response, chain) -> {
            chain.doFilter(request, response);
            if (request.isAsyncStarted()) {
                parked.add(((HttpServletRequest) request).getQueryString());
            }
        };
        host = TestContainer.installed()
                .start(new Application()
                        .tls(ContainerTls.shared())
                        .filter("parks", parks)
                        .filter("socket.io", SocketIoFilter.create(server, PATIENT)));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        if (host != null) {
            host.close().get(60, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a client polls over TLS, sends text and bytes, and receives the close of the server")
    void polling(Version version) throws Exception {
        Polls polls = new Polls(version);
        assertThat(handshake.get(30, TimeUnit.SECONDS).secure()).isTrue();
        assertThat(polls.post("42[\"echo\",\"é\"]")).isEqualTo("ok");
        assertThat(polls.get()).isEqualTo("42[\"echo\",\"é\"]");
        assertThat(polls.post(BINARY + "\u001ebAQL/")).isEqualTo("ok");
        assertThat(polls.get()).isEqualTo(BINARY + "\u001ebAQL/");
        CompletableFuture<HttpResponse<String>> waiting = polls.waiting();
        assertThat(polls.post("42[\"echo\",1]")).isEqualTo("ok");
        assertThat(waiting.get(30, TimeUnit.SECONDS).body()).isEqualTo("42[\"echo\",1]");

        waiting = polls.waiting();
        polls.awaitParked();
        server.closeAsync();
        HttpResponse<String> last = waiting.get(30, TimeUnit.SECONDS);
        assertThat(last.version()).isEqualTo(version);
        assertThat(last.body()).isEqualTo("1");
        assertThat(disconnected.get(30, TimeUnit.SECONDS)).isEqualTo(CloseReason.SERVER_SHUTTING_DOWN);
    }

    @Test
    @DisplayName("a client opens a WebSocket over TLS, sends text and bytes, and closes")
    void webSocket() throws Exception {
        Messages messages = new Messages();
        WebSocket socket = connect("", messages);
        assertThat(messages.next()).startsWith("0{");
        socket.sendText("40", true).get(30, TimeUnit.SECONDS);
        assertThat(messages.next()).startsWith("40{");
        assertThat(handshake.get(30, TimeUnit.SECONDS).secure()).isTrue();
        echoes(socket, messages);
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(30, TimeUnit.SECONDS);
        assertThat(disconnected.get(30, TimeUnit.SECONDS)).isEqualTo(CloseReason.TRANSPORT_CLOSE);
        assertThat(messages.next()).startsWith("closed ");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a client that polls over TLS upgrades to a WebSocket")
    void upgrade(Version version) throws Exception {
        Polls polls = new Polls(version);
        Messages messages = new Messages();
        WebSocket socket = connect("&sid=" + polls.sid, messages);
        CompletableFuture<HttpResponse<String>> waiting = polls.waiting();
        socket.sendText("2probe", true).get(30, TimeUnit.SECONDS);
        assertThat(messages.next()).isEqualTo("3probe");
        assertThat(waiting.get(30, TimeUnit.SECONDS).body()).isEqualTo("6");
        socket.sendText("5", true).get(30, TimeUnit.SECONDS);
        echoes(socket, messages);
        server.closeAsync();
        // Jakarta WebSocket sends a status.
        assertThat(messages.next()).isIn("closed 1000", "closed 1005");
        assertThat(disconnected.get(30, TimeUnit.SECONDS)).isEqualTo(CloseReason.SERVER_SHUTTING_DOWN);
    }

    /** The peer does not close by itself, and the test does not wait for the close timeout. */
    @Test
    @DisplayName("a WebSocket over TLS that violates the protocol receives the code, and its connection ends at once")
    void violation() throws Exception {
        InetSocketAddress address = Objects.requireNonNull(host).address();
        try (Socket connected = new Socket(address.getAddress(), address.getPort());
                RawPeer peer = RawPeer.of(ContainerTls.shared().secured(connected, "http/1.1"))) {
            peer.send("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n" + RawPeer.upgrade(13) + "\r\n");
            assertThat(peer.answer()).startsWith("HTTP/1.1 101");
            assertThat(peer.message()).startsWith("0{");
            assertThat(peer.text("40").message()).startsWith("40{");
            peer.frame(0xF1, "reserved bits").frame(0x81, "discarded");
            assertThat(peer.message()).isEqualTo("close 1002");
            assertThat(peer.ended()).isTrue();
            // With Jakarta WebSocket, the container closes.
            assertThat(disconnected.get(30, TimeUnit.SECONDS))
                    .isIn(CloseReason.TRANSPORT_ERROR, CloseReason.TRANSPORT_CLOSE);
        }
    }

    private static void echoes(WebSocket socket, Messages messages) throws Exception {
        socket.sendText("42[\"echo\",\"é\"]", true).get(30, TimeUnit.SECONDS);
        assertThat(messages.next()).isEqualTo("42[\"echo\",\"é\"]");
        socket.sendText(BINARY, true).get(30, TimeUnit.SECONDS);
        socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2, -1}), true).get(30, TimeUnit.SECONDS);
        assertThat(messages.next()).isEqualTo(BINARY);
        assertThat(messages.next()).isEqualTo("binary 01 02 ff");
    }

    private WebSocket connect(String query, Messages messages) throws Exception {
        return HttpClient.newBuilder()
                .sslContext(ContainerTls.shared().trusting())
                .build()
                .newWebSocketBuilder()
                .buildAsync(URI.create("wss" + address("websocket") + query), messages)
                .get(30, TimeUnit.SECONDS);
    }

    private String address(String transport) {
        return "://localhost:" + Objects.requireNonNull(host).address().getPort() + "/socket.io/?EIO=4&transport="
                + transport;
    }

    /** The session of a client that polls, after it has joined. */
    private final class Polls {
        private final HttpClient client;
        private final Version version;
        private String sid = "";
        private int requests;

        Polls(Version version) throws Exception {
            this.version = version;
            client = HttpClient.newBuilder()
                    .version(version)
                    .sslContext(ContainerTls.shared().trusting())
                    .build();
            String opened = get();
            assertThat(opened).startsWith("0{\"sid\":\"");
            sid = opened.replaceFirst(".*\"sid\":\"([^\"]+).*", "$1");
            assertThat(post("40")).isEqualTo("ok");
            assertThat(get()).startsWith("40{");
        }

        String get() throws Exception {
            HttpResponse<String> response = waiting().get(30, TimeUnit.SECONDS);
            assertThat(response.version()).isEqualTo(version);
            return response.body();
        }

        CompletableFuture<HttpResponse<String>> waiting() {
            return client.sendAsync(request().build(), BodyHandlers.ofString());
        }

        String post(String packets) throws Exception {
            HttpRequest request =
                    request().POST(BodyPublishers.ofString(packets)).build();
            return client.send(request, BodyHandlers.ofString()).body();
        }

        private HttpRequest.Builder request() {
            String query = sid.isEmpty() ? "" : "&sid=" + sid;
            requests++;
            // As a page of the server does: its origin is compared with the host, which HTTP/2 has in no header.
            String origin = "https://localhost:"
                    + Objects.requireNonNull(host).address().getPort();
            return HttpRequest.newBuilder(URI.create("https" + address("polling") + query + "&t=" + requests))
                    .header("Origin", origin);
        }

        /** Waits until the last request is parked. */
        void awaitParked() throws InterruptedException {
            String query = parked.poll(30, TimeUnit.SECONDS);
            while (query != null && !query.endsWith("&t=" + requests)) {
                query = parked.poll(30, TimeUnit.SECONDS);
            }
            assertThat(query).isNotNull();
        }
    }

    /** The messages that a WebSocket received. */
    private static final class Messages implements WebSocket.Listener {
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        private final StringBuilder begun = new StringBuilder();

        String next() throws InterruptedException {
            String next = received.poll(30, TimeUnit.SECONDS);
            assertThat(next).isNotNull();
            return next;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            begun.append(data);
            if (last) {
                received.add(begun.toString());
                begun.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
            StringBuilder text = new StringBuilder("binary");
            while (data.hasRemaining()) {
                text.append(" %02x".formatted(data.get()));
            }
            received.add(text.toString());
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
            received.add("closed " + status);
            return null;
        }
    }
}
