package io.everwire.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.spring.boot.devtools.DevToolsApplication;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Restarts of DevTools: each one closes the application, and starts its classes again in another class loader. */
@Tag("once")
class DevToolsTest {
    private static final int RESTARTS = 4;
    private static final int EVENT_LOOPS = 2;
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Connects to the application when it has started this number of times. */
    private static Client connect(int port, String transport, String starts) {
        Client[] connected = {null};
        Awaitility.await().atMost(DEADLINE).until(() -> {
            Client client = Client.open("http://localhost:" + port, transport, Map.of());
            try {
                client.connected().join();
                connected[0] = client;
                return client.call("starts").equals(starts);
            } catch (CompletionException | IllegalStateException notYet) {
                client.close();
                return false;
            }
        });
        return connected[0];
    }

    @Test
    void theApplicationRestartsOnItsPortAndNothingOfItStays() throws Exception {
        int port = freePort();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // Caches of the JDK have soft references, which are not leaks.
                        "-XX:SoftRefLRUPolicyMSPerMB=0",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        DevToolsApplication.class.getName(),
                        "--server.port=" + port,
                        "--everwire.servlet.event-loops=" + EVENT_LOOPS,
                        "--" + ServletHostTest.NO_JETTY,
                        "--spring.main.web-application-type=servlet",
                        "--spring.devtools.livereload.enabled=false")
                .redirectOutput(Path.of("target", "devtools.log").toFile())
                .redirectErrorStream(true)
                .start();
        try {
            for (int start = 1; start <= RESTARTS + 1; start++) {
                String expected = "RestartClassLoader " + start;
                try (Client polling = connect(port, "polling", expected);
                        Client client = connect(port, "websocket", expected)) {
                    // One thread of timers, and at most two for each event loop: for WebSockets and for requests.
                    assertThat(Integer.parseInt(client.call("threads"))).isBetween(1, 1 + 2 * EVENT_LOOPS);
                    if (start <= RESTARTS) {
                        client.emit("restart");
                        assertThat(polling.disconnected()).isNotNull();
                    } else {
                        // The running application, and the first one: threads of the JVM keep it, such as the shutdown
                        // hook of Spring Boot.
                        Awaitility.await().atMost(DEADLINE).until(() -> Integer.parseInt(client.call("loaders")) <= 2);
                    }
                }
            }
        } finally {
            process.destroy();
            process.waitFor();
        }
    }
}
