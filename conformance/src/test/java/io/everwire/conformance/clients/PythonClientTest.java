package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.ServerOptions;
import io.everwire.Socket;
import java.nio.charset.StandardCharsets;
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

/** The client of python-socketio, as Debian packages it ({@code python3-socketio}). It is unofficial, and widely used. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PythonClientTest {
    private static final String PYTHON = "/usr/bin/python3";
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
        site.server().of("/other").onConnection(joined::add);
        site.server().of("/other").on("value", Object.class, (socket, value) -> values.add(value));
    }

    @AfterAll
    void stop() {
        site.close();
    }

    @ParameterizedTest
    @CsvSource({"polling, polling", "websocket, websocket", "upgrade, 'polling,websocket'"})
    void aConversation(String way, String transports) throws Exception {
        String version = version();
        Process client = new ProcessBuilder(
                        PYTHON,
                        Agent.ROOT.resolve("conformance/python/client.py").toString(),
                        site.url("/"),
                        transports)
                .redirectErrorStream(true)
                .redirectOutput(Agent.ROOT
                        .resolve("conformance/target/python-client.log")
                        .toFile())
                .start();
        try {
            Map<String, Socket> sockets = Map.of("one", next(joined), "two", next(joined));
            Socket socket = of("/", sockets);
            Socket other = of("/other", sockets);
            assertThat(socket.handshake().generation()).isEqualTo("eio4");
            assertThat(socket.handshake().auth(Map.class)).isEqualTo(Map.of("token", "é"));
            String transport = way.equals("polling") ? "polling" : "websocket";
            await().atMost(Duration.ofSeconds(TIMEOUT_SECONDS))
                    .until(() -> socket.transport().equals(transport));

            mirrored(socket, TEXT);
            mirrored(socket, Map.of("a", List.of(1, true, TEXT)));
            mirrored(socket, new byte[] {1, 0, (byte) 0xFF});
            mirrored(other, TEXT);
            assertThat(socket.call("question", String.class, TEXT).get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .isEqualTo("answer to " + TEXT);
            socket.emit("add", Map.of("a", 1, "b", 2));
            assertThat(next(values)).as("the ack that the client received").isEqualTo(3);

            socket.emit("leave");
            // The client closes its connection at once, and may not have sent its DISCONNECT packet then.
            assertThat(next(left)).isIn("client namespace disconnect", "transport close");
            Matrix.works("eio4", version + " (Python)", "CPython", way);
        } finally {
            client.destroyForcibly();
        }
    }

    private void mirrored(Socket socket, Object value) throws InterruptedException {
        socket.emit("mirror", value);
        assertThat(next(values)).isEqualTo(value);
    }

    private static Socket of(String namespace, Map<String, Socket> sockets) {
        return sockets.values().stream()
                .filter(socket -> socket.namespace().name().equals(namespace))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the version of the installed client. */
    private static String version() throws Exception {
        Process process = new ProcessBuilder(
                        PYTHON, "-c", "import importlib.metadata; print(importlib.metadata.version('python-socketio'))")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor())
                .as("python3-socketio is missing, ./everwire test installs it: " + output)
                .isZero();
        return output;
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }
}
