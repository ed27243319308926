package io.everwire.netty.eio4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.netty.Certificate;
import io.everwire.netty.NettyOptions;
import io.everwire.netty.NettyServer;
import io.everwire.testkit.host.RawPeer;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A port that speaks TLS, with a self-signed certificate. */
@Timeout(120)
class TlsTest {
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static Certificate certificate = null;

    private final SocketIoServer server = SocketIoServer.create(
            ServerOptions.builder().maxHttpBufferSize(2_000_000).build());
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private NettyServer port = null;

    @BeforeAll
    static void certify(@TempDir Path folder) throws Exception {
        certificate = Certificate.make(folder);
    }

    @BeforeEach
    void open() throws Exception {
        server.onConnection(socket -> told.add("secure: " + socket.handshake().secure()));
        server.onMessage((socket, message) -> socket.send(message));
        port = bind(NettyOptions.builder());
    }

    private NettyServer bind(NettyOptions.Builder options) throws Exception {
        return NettyServer.builder(server)
                .options(options.workerThreads(1).build())
                .tls(SslContextBuilder.forServer(certificate.keys()).build())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** Replaces the port by one whose timeout is so short that an honest peer may need several attempts. */
    private void bindWithShortTimeout() throws Exception {
        port.close().get(60, TimeUnit.SECONDS);
        port = bind(NettyOptions.builder().headTimeout(Duration.ofMillis(500)));
    }

    @AfterEach
    void close() throws Exception {
        server.close();
        port.close().get(60, TimeUnit.SECONDS);
    }

    @Test
    void pollsAreSecure() throws Exception {
        String opened = send(HttpRequest.newBuilder(uri("https", POLLING)));
        assertThat(opened).startsWith("200 0{");
        String sid = opened.replaceFirst(".*\"sid\":\"([^\"]+).*", "$1");
        HttpRequest.Builder post = HttpRequest.newBuilder(uri("https", POLLING + "&sid=" + sid));

        assertThat(send(post.POST(HttpRequest.BodyPublishers.ofString("40")))).isEqualTo("200 ok");
        assertThat(told.poll(60, TimeUnit.SECONDS)).isEqualTo("secure: true");
        assertThat(send(post.GET())).startsWith("200 40{");
    }

    @Test
    void webSocketsAreSecureAndMessagesOfAnySizePass() throws Exception {
        Messages messages = new Messages();
        WebSocket line = certificate
                .client()
                .newWebSocketBuilder()
                .buildAsync(uri("wss", "/socket.io/?EIO=4&transport=websocket"), messages)
                .get(60, TimeUnit.SECONDS);
        assertThat(messages.next()).startsWith("0{");
        line.sendText("40", true).get(60, TimeUnit.SECONDS);
        assertThat(messages.next()).startsWith("40{");
        assertThat(told.poll(60, TimeUnit.SECONDS)).isEqualTo("secure: true");

        for (int length : new int[] {1, 1_000, 100_000, 1_900_000}) {
            String message = "42[\"message\",\"" + "x".repeat(length) + "\"]";
            line.sendText(message, true).get(60, TimeUnit.SECONDS);
            assertThat(messages.next()).isEqualTo(message);
        }

        server.close();
        assertThat(messages.next()).isEqualTo("closed");
    }

    /** As without TLS, the client reads the rejection although it is still sending the rest of the body. */
    @Test
    void aBodyThatIsTooLargeIsRefusedInWords() throws Exception {
        String opened = send(HttpRequest.newBuilder(uri("https", POLLING)));
        String sid = opened.replaceFirst(".*\"sid\":\"([^\"]+).*", "$1");
        try (SSLSocket socket = certificate.connect(port.address())) {
            String head = "POST " + POLLING + "&sid=" + sid
                    + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2500000\r\n\r\n";
            socket.getOutputStream().write((head + "x".repeat(500_000)).getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();

            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void plainHttpIsRejected() throws Exception {
        try (RawPeer plain = RawPeer.open(port.address())) {
            plain.send("GET " + POLLING + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(plain.ended()).isTrue();
        }
    }

    @Test
    void aPeerThatDoesNotFinishTheHandshakeIsClosed() throws Exception {
        bindWithShortTimeout();
        try (RawPeer silent = RawPeer.open(port.address());
                RawPeer slow = RawPeer.open(port.address()).send(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1})) {
            assertThat(silent.ended()).isTrue();
            assertThat(slow.ended()).isTrue();
        }
        await().ignoreExceptions()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(send(HttpRequest.newBuilder(uri("https", POLLING))))
                        .startsWith("200"));
    }

    @Test
    void aPeerThatSendsNothingAfterTheHandshakeIsClosed() throws Exception {
        bindWithShortTimeout();
        await().ignoreExceptions().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            try (SSLSocket socket = certificate.connect(port.address())) {
                socket.startHandshake();
                assertThat(socket.getInputStream().read()).isNegative();
            }
        });
    }

    @Test
    void theContextOfAClientIsRefused() throws Exception {
        NettyServer.Builder builder = NettyServer.builder(server);
        SslContext client = SslContextBuilder.forClient().build();

        assertThatThrownBy(() -> builder.tls(client))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("forServer");
    }

    private URI uri(String scheme, String target) {
        return URI.create(scheme + "://localhost:" + port.address().getPort() + target);
    }

    private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpClient client = certificate.client();
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    /** Records the messages of a WebSocket, without pings. */
    private static final class Messages implements WebSocket.Listener {
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        private final StringBuilder message = new StringBuilder();

        String next() throws InterruptedException {
            String next = received.poll(60, TimeUnit.SECONDS);
            return next == null ? "nothing" : next;
        }

        @Override
        public CompletionStage<?> onText(WebSocket line, CharSequence part, boolean last) {
            message.append(part);
            if (last && message.length() > 1) {
                received.add(message.toString());
            }
            if (last) {
                message.setLength(0);
            }
            line.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket line, int code, String reason) {
            received.add("closed");
            return null;
        }
    }
}
