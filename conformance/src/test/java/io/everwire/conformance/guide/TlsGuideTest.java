package io.everwire.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Host;
import io.everwire.SocketIoServer;
import io.everwire.conformance.clients.Agent;
import io.everwire.examples.guide.Tls;
import io.everwire.netty.NettyHost;
import io.netty.handler.ssl.SslContext;
import java.io.File;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/guide/tls.md}, with the official client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsGuideTest {
    private static final char[] PASSWORD = "secret".toCharArray();

    private final Agent agent = new Agent();
    private final SocketIoServer server = SocketIoServer.create();
    private final BlockingQueue<Boolean> secure = new LinkedBlockingQueue<>();
    private Host host;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server.onConnection(socket -> secure.add(socket.handshake().secure()));
        server.onCall("echo", Object.class, (socket, value) -> value);
        KeyStore store = keys(folder.resolve("keys.p12"));
        Key key = store.getKey("server", PASSWORD);
        byte[] certificate = store.getCertificate("server").getEncoded();
        File chainFile = pem(folder.resolve("chain.pem"), "CERTIFICATE", certificate);
        File keyFile = pem(folder.resolve("key.pem"), "PRIVATE KEY", key.getEncoded());
        host = Tls.bind(server, chainFile, keyFile, 0);
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
        agent.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket"})
    void theOfficialClient(String transport) throws Exception {
        String name = "tls " + transport;
        Map<String, ?> options = Map.of("transports", List.of(transport), "rejectUnauthorized", false);
        agent.order("open", name, "url", "https://localhost:" + host.address().getPort(), "options", options);
        agent.inbox(name).take("connect");

        assertThat(secure.poll(60, TimeUnit.SECONDS)).isTrue();
        assertThat(agent.order("call", name, "event", "echo", "args", List.of("x".repeat(100_000)))
                        .asString())
                .hasSize(100_000);
        agent.order("close", name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket"})
    void theCertificateOfAClient(String transport, @TempDir Path folder) throws Exception {
        KeyStore own = keys(folder.resolve("own.p12"));
        KeyStore client = keys(folder.resolve("client.p12"));
        File clientChain = pem(
                folder.resolve("client.pem"),
                "CERTIFICATE",
                client.getCertificate("server").getEncoded());
        File clientKey = pem(
                folder.resolve("client-key.pem"),
                "PRIVATE KEY",
                client.getKey("server", PASSWORD).getEncoded());
        try (SocketIoServer mutual = SocketIoServer.create()) {
            SslContext tls = Tls.clients(
                    mutual,
                    pem(
                            folder.resolve("own.pem"),
                            "CERTIFICATE",
                            own.getCertificate("server").getEncoded()),
                    pem(
                            folder.resolve("own-key.pem"),
                            "PRIVATE KEY",
                            own.getKey("server", PASSWORD).getEncoded()),
                    clientChain);
            mutual.onCall("user", socket -> socket.attributes().require(Tls.USER));
            Host port = mutual.bind(
                    new InetSocketAddress(0), NettyHost.builder().tls(tls).build());
            String name = "client certificate " + transport;
            Map<String, ?> options = Map.of(
                    "transports",
                    List.of(transport),
                    "rejectUnauthorized",
                    false,
                    "cert",
                    Files.readString(clientChain.toPath()),
                    "key",
                    Files.readString(clientKey.toPath()));
            agent.order(
                    "open", name, "url", "https://localhost:" + port.address().getPort(), "options", options);
            agent.inbox(name).take("connect");

            assertThat(agent.order("call", name, "event", "user", "args", List.of())
                            .asString())
                    .isEqualTo("CN=localhost");
            agent.order("close", name);
        }
    }

    /** Creates a self-signed certificate with the keytool of the JDK. */
    private static KeyStore keys(Path file) throws Exception {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        String options = "-genkeypair -alias server -keyalg EC -dname CN=localhost -storetype PKCS12 -storepass "
                + new String(PASSWORD) + " -keystore " + file;
        Process process = new ProcessBuilder((keytool + " " + options).split(" ")).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return KeyStore.getInstance(file.toFile(), PASSWORD);
    }

    private static File pem(Path file, String type, byte[] content) throws Exception {
        String body = Base64.getMimeEncoder().encodeToString(content);
        Files.writeString(file, "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
        return file.toFile();
    }
}
