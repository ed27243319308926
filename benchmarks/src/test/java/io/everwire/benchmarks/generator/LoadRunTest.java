package io.everwire.benchmarks.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.RefusedException;
import io.everwire.SocketIoServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LoadRunTest {
    private static final Duration SHORT = Duration.ofMillis(500);

    private final SocketIoServer server = SocketIoServer.create();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void countsTheAcksOfAllEvents() throws Exception {
        AtomicInteger handled = new AtomicInteger();
        server.onCall("load", String.class, (socket, text) -> handled.incrementAndGet() + text);
        server.onConnection(socket -> socket.emit("welcome", "[0]"));

        LoadResult result = run("/", "", new LoadPlan(20, 400, SHORT, "load", "\"x\""));

        assertThat(result.clean()).as(result.describe()).isTrue();
        assertThat(result.connecting.count()).isEqualTo(20);
        assertThat(result.sent).isEqualTo(200);
        assertThat(handled).hasValue(200);
        assertThat(result.acks.micros(0.5)).isPositive();
        assertThat(result.describe())
                .contains("connected: 20 clients", "events: 200 sent", "200 acked, 0 without an ack, 0 not sent");
    }

    @Test
    void clientsJoinANamespaceWithTheirAuth() throws Exception {
        server.of("/games").use(socket -> {
            if (!"sesame".equals(socket.handshake().auth(Credentials.class).token())) {
                throw new RefusedException("unauthorized");
            }
        });
        server.of("/games").on("load", socket -> {});
        LoadPlan plan = new LoadPlan(3, 30, SHORT, "load", "null");

        assertThat(run("/games", "{\"token\":\"sesame\"}", plan).clean()).isTrue();
        LoadResult refused = run("/games", "{\"token\":\"barley\"}", plan);

        assertThat(refused.clean()).isFalse();
        assertThat(refused.failed).containsEntry("the server rejected the client: {\"message\":\"unauthorized\"}", 3);
        assertThat(refused.omitted).isEqualTo(15);
    }

    @Test
    void eventsThatClientsLeaveOpenAreReported() throws Exception {
        server.on("load", String.class, (socket, text) -> socket.disconnect());

        LoadResult result = run("/", "", new LoadPlan(1, 2, SHORT, "load", "\"x\""));

        assertThat(result.clean()).isFalse();
        assertThat(result.disconnected).containsEntry("the server disconnected the socket", 1);
    }

    @Test
    void aServerThatIsNotThereIsAFailure() throws Exception {
        int port = bind();
        server.close();

        LoadResult result = run(port, "/", "", new LoadPlan(2, 0, Duration.ZERO, "load", "null"));

        assertThat(result.failed.toString()).contains("Connection refused").endsWith("=2}");
    }

    @Test
    void addressesThatAreNoServer() {
        assertThatThrownBy(() -> LoadTarget.of(URI.create("ftp://localhost"), "/socket.io", "/", "", false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http://host:port");
        assertThatThrownBy(() -> new LoadPlan(0, 1, SHORT, "load", "null"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private record Credentials(String token) {}

    private int bind() {
        return server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .address()
                .getPort();
    }

    private LoadResult run(String namespace, String auth, LoadPlan plan) throws Exception {
        return run(server.hosts().isEmpty() ? bind() : server.host().address().getPort(), namespace, auth, plan);
    }

    private static LoadResult run(int port, String namespace, String auth, LoadPlan plan) throws Exception {
        LoadTarget target = LoadTarget.of(URI.create("http://127.0.0.1:" + port), "/socket.io", namespace, auth, false);
        try (LoadRun run = new LoadRun(target, plan)) {
            return run.run();
        }
    }
}
