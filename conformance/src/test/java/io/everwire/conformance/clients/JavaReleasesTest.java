package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.ServerOptions;
import io.everwire.Socket;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Earlier releases of the official Java client, of the years of Engine.IO 3: {@link OldJavaClient} runs in a process of its own
 * with the libraries of the release.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavaReleasesTest {
    private static final String TEXT = "é € 😀 </script> \u2028 \" \\";
    private static final long TIMEOUT_SECONDS = 60;

    private final BlockingQueue<Socket> joined = new LinkedBlockingQueue<>();
    private final BlockingQueue<Object> values = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> left = new LinkedBlockingQueue<>();
    private Site site;

    record Numbers(int a, int b) {}

    @BeforeAll
    void start() throws Exception {
        site = new Site(ServerOptions.builder().build());
        site.server().onConnection(joined::add);
        site.server().onDisconnect((socket, reason) -> left.add(reason.toString()));
        site.server().on("value", Object.class, (socket, value) -> values.add(value));
        site.server().onCall("sum", Numbers.class, (socket, numbers) -> numbers.a() + numbers.b());
    }

    @AfterAll
    void stop() {
        site.close();
    }

    @ParameterizedTest
    @CsvSource({
        "0.8.3, polling", "0.8.3, websocket", "0.8.3, upgrade",
        "1.0.0, polling", "1.0.0, websocket", "1.0.0, upgrade",
        "1.0.2, polling", "1.0.2, websocket", "1.0.2, upgrade"
    })
    void aConversation(String version, String way) throws Exception {
        Process client = start(version, way.equals("upgrade") ? "polling,websocket" : way);
        try {
            Socket socket = next(joined);
            assertThat(socket.handshake().generation()).isEqualTo("eio3");
            String transport = way.equals("polling") ? "polling" : "websocket";
            await().atMost(Duration.ofSeconds(TIMEOUT_SECONDS))
                    .until(() -> socket.transport().equals(transport));

            socket.emit("mirror", TEXT);
            assertThat(next(values)).isEqualTo(TEXT);
            socket.emit("mirror", Map.of("a", List.of(1, true, TEXT)));
            assertThat(next(values)).isEqualTo(Map.of("a", List.of(1, true, TEXT)));
            socket.emit("mirror", (Object) new byte[] {1, 0, (byte) 0xFF});
            assertThat(next(values)).isEqualTo(new byte[] {1, 0, (byte) 0xFF});
            assertThat(socket.call("question", String.class, TEXT).get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .isEqualTo("answer to " + TEXT);
            socket.emit("add", Map.of("a", 1, "b", 2));
            assertThat(next(values)).as("the ack that the client received").isEqualTo(3);

            socket.emit("leave");
            // Seen once with 0.8.3 over WebSocket: the connection ended without the packet of the disconnection.
            assertThat(next(left)).isIn("client namespace disconnect", "transport close");
            Matrix.works("eio3", version + " (Java)", "JVM", way);
        } finally {
            client.destroyForcibly();
        }
    }

    private Process start(String version, String transports) throws Exception {
        Path target = Agent.ROOT.resolve("conformance/target").toAbsolutePath();
        String classPath = target.resolve("test-classes")
                + File.pathSeparator
                + target.resolve("old/java-client-" + version).resolve("*");
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        OldJavaClient.class.getName(),
                        site.url("/"),
                        transports)
                .redirectErrorStream(true)
                .redirectOutput(
                        target.resolve("java-client-" + version + ".log").toFile())
                .start();
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }
}
