package io.everwire.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.SocketIoServer;
import io.everwire.spring.OnEvent;
import io.everwire.spring.SocketIoController;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** An application with Socket.IO on a port of its own. */
class PortHostTest {
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(Adder.class)
    static class Application {}

    @SocketIoController
    static class Adder {
        @OnEvent("add")
        int add(int a, int b) {
            return a + b;
        }

        @OnEvent("thread")
        String thread() {
            return Thread.currentThread().getClass().getSimpleName();
        }
    }

    private static ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties("everwire.port.address=127.0.0.1")
                .properties(properties)
                .run();
    }

    private static InetSocketAddress address(ConfigurableApplicationContext context) {
        return context.getBean(SocketIoServer.class).host().address();
    }

    /** As DevTools does: the context is closed and created again, on the same port. */
    @Test
    void theApplicationRestartsOnItsPort() {
        int port;
        try (ConfigurableApplicationContext context = start("everwire.port.number=0")) {
            port = address(context).getPort();
            try (Client client = Client.connect("http://127.0.0.1:" + port, "polling", Map.of())) {
                assertThat(client.call("add", 3, 4)).isEqualTo("7");
                context.close();
                assertThat(client.disconnected()).isNotEmpty();
            }
        }
        try (ConfigurableApplicationContext context = start("everwire.port.number=" + port);
                Client client = Client.connect("http://127.0.0.1:" + port, "websocket", Map.of())) {
            assertThat(client.call("add", 5, 6)).isEqualTo("11");
            assertThat(client.call("thread")).isEqualTo(Runtime.version().feature() < 21 ? "Thread" : "VirtualThread");
        }
    }

    @Test
    void aReloadedBundleIsUsedForNewConnections(@TempDir Path folder) throws Exception {
        Path store = folder.resolve("store.p12");
        keys(store);
        try (ConfigurableApplicationContext context = start(
                "everwire.port.number=0",
                "everwire.port.ssl.bundle=chat",
                "spring.ssl.bundle.jks.chat.reload-on-update=true",
                "spring.ssl.bundle.jks.chat.keystore.location=file:" + store,
                "spring.ssl.bundle.jks.chat.keystore.password=secret",
                "spring.ssl.bundle.watch.file.quiet-period=100ms")) {
            BigInteger first = serial(address(context));
            Path next = folder.resolve("next.p12");
            keys(next);
            Files.move(next, store, StandardCopyOption.REPLACE_EXISTING);

            Awaitility.await()
                    .atMost(60, TimeUnit.SECONDS)
                    .until(() -> serial(address(context)), serial -> !serial.equals(first));
        }
    }

    private static void keys(Path file) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "secret",
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
    }

    /** Returns the serial number of the certificate that the server shows. */
    private static BigInteger serial(InetSocketAddress address) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(address.getAddress(), address.getPort())) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
        }
    }

    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
