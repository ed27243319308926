package io.everwire.conformance.guide;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.SocketIoServer;
import io.everwire.examples.guide.RenewableTls;
import io.everwire.netty.NettyHost;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The renewal of a certificate in {@code docs/guide/tls.md}. */
class TlsRenewalGuideTest {
    private static final String PASSWORD = "for this test";

    @Test
    void newConnectionsUseTheNewCertificateAndOldOnesContinue(@TempDir Path folder) throws Exception {
        RenewableTls tls = new RenewableTls(server(keys(folder.resolve("old.p12"), "old")));
        SocketIoServer server = SocketIoServer.create();
        int port = server.bind(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        NettyHost.builder().tls(tls).build())
                .address()
                .getPort();
        try (SSLSocket before = connect(port)) {
            assertThat(name(before)).isEqualTo("CN=old");

            tls.renew(server(keys(folder.resolve("new.p12"), "new")));

            try (SSLSocket after = connect(port)) {
                assertThat(name(after)).isEqualTo("CN=new");
                assertThat(answer(after)).startsWith("HTTP/1.1 200");
            }
            assertThat(answer(before)).startsWith("HTTP/1.1 200");
        } finally {
            server.close();
        }
    }

    private static SslContext server(KeyStore keys) throws Exception {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD.toCharArray());
        return SslContextBuilder.forServer(factory).build();
    }

    /** Creates a self-signed certificate with the keytool of the JDK. */
    private static KeyStore keys(Path file, String name) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    }

    /** Connects, and trusts every certificate. */
    private static SSLSocket connect(int port) throws Exception {
        SSLContext client = SSLContext.getInstance("TLS");
        client.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
        socket.startHandshake();
        return socket;
    }

    private static String name(SSLSocket socket) throws IOException {
        X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return certificate.getSubjectX500Principal().getName();
    }

    private static String answer(SSLSocket socket) throws IOException {
        String request = "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: localhost\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        return new String(socket.getInputStream().readNBytes(15), US_ASCII);
    }
}
