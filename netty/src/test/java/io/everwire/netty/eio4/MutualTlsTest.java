package io.everwire.netty.eio4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.ProxyOptions;
import io.everwire.RefusedException;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.netty.Certificate;
import io.everwire.netty.NettyServer;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A port that asks clients for a certificate. */
@Timeout(120)
class MutualTlsTest {
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static Certificate own = null;
    private static Certificate alice = null;
    private static Certificate stranger = null;

    private final BlockingQueue<List<X509Certificate>> seen = new LinkedBlockingQueue<>();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private NettyServer port = null;

    @BeforeAll
    static void certify(@TempDir Path folder) throws Exception {
        own = Certificate.make(Files.createDirectory(folder.resolve("own")));
        alice = Certificate.make(Files.createDirectory(folder.resolve("alice")));
        stranger = Certificate.make(Files.createDirectory(folder.resolve("stranger")));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    @ParameterizedTest
    @EnumSource(ClientAuth.class)
    void theCertificateOfAClientIsInTheHandshake(ClientAuth mode) throws Exception {
        open(ServerOptions.builder(), mode);
        List<X509Certificate> expected = mode == ClientAuth.NONE ? List.of() : List.of(alice.certificate());

        join(alice.client(own));
        assertThat(seen.poll(60, TimeUnit.SECONDS)).isEqualTo(expected);

        WebSocket line = alice.client(own)
                .newWebSocketBuilder()
                .buildAsync(uri("wss", "/socket.io/?EIO=4&transport=websocket"), new WebSocket.Listener() {})
                .get(60, TimeUnit.SECONDS);
        line.sendText("40", true).get(60, TimeUnit.SECONDS);
        assertThat(seen.poll(60, TimeUnit.SECONDS)).isEqualTo(expected);
    }

    @Test
    void aClientWithoutACertificateHasNone() throws Exception {
        open(ServerOptions.builder(), ClientAuth.OPTIONAL);

        join(own.client());

        assertThat(seen.poll(60, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void aCertificateThatThePortDoesNotTrustOpensNothing() throws Exception {
        SocketIoServer server = open(ServerOptions.builder(), ClientAuth.REQUIRE);

        assertThatThrownBy(() -> get(stranger.client(own), POLLING)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> get(own.client(), POLLING)).isInstanceOf(IOException.class);
        assertThat(server.engine().clientsCount()).isZero();
    }

    @Test
    void allowRequestSeesTheCertificates() throws Exception {
        open(
                ServerOptions.builder().allowRequest(request -> {
                    if (request.peerCertificates().isEmpty()) {
                        throw new RefusedException("show your certificate");
                    }
                }),
                ClientAuth.OPTIONAL);

        assertThat(get(alice.client(own), POLLING)).startsWith("200 0{");
        assertThat(get(own.client(), POLLING)).startsWith("403 ").contains("show your certificate");
    }

    @Test
    void theCertificateOfATrustedProxyIsNotThatOfItsClient() throws Exception {
        open(ServerOptions.builder().trustedProxies(ProxyOptions.of("127.0.0.1")), ClientAuth.REQUIRE);

        join(alice.client(own), "X-Forwarded-For", "192.0.2.7");
        assertThat(seen.poll(60, TimeUnit.SECONDS)).isEmpty();

        join(alice.client(own));
        assertThat(seen.poll(60, TimeUnit.SECONDS)).containsExactly(alice.certificate());
    }

    @Test
    void theSessionCountsItsCertificate() throws Exception {
        SocketIoServer server = open(ServerOptions.builder(), ClientAuth.OPTIONAL);
        get(own.client(), POLLING);
        long without = server.counters().sessionBytes();

        get(alice.client(own), POLLING);

        int encoded = alice.certificate().getEncoded().length;
        assertThat(server.counters().sessionBytes() - 2 * without).isEqualTo(4L * encoded);
    }

    private SocketIoServer open(ServerOptions.Builder options, ClientAuth mode) throws Exception {
        SocketIoServer server = SocketIoServer.create(options.build());
        opened.add(server);
        server.onConnection(socket -> seen.add(socket.handshake().peerCertificates()));
        port = NettyServer.builder(server)
                .tls(SslContextBuilder.forServer(own.keys())
                        .sslProvider(SslProvider.JDK)
                        .clientAuth(mode)
                        .trustManager(alice.certificate())
                        .build())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return server;
    }

    /** Joins the namespace {@code /} by polling. */
    private void join(HttpClient client, String... headers) throws Exception {
        String opening = get(client, POLLING, headers);
        assertThat(opening).startsWith("200 0{");
        String sid = opening.replaceFirst(".*\"sid\":\"([^\"]+).*", "$1");
        HttpRequest post = HttpRequest.newBuilder(uri("https", POLLING + "&sid=" + sid))
                .POST(HttpRequest.BodyPublishers.ofString("40"))
                .build();
        assertThat(client.send(post, BodyHandlers.ofString()).body()).isEqualTo("ok");
    }

    private String get(HttpClient client, String target, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("https", target));
        if (headers.length > 0) {
            request.headers(headers);
        }
        var response = client.send(request.build(), BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    private URI uri(String scheme, String target) {
        return URI.create(scheme + "://localhost:" + port.address().getPort() + target);
    }
}
