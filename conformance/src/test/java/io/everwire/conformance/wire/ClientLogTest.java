package io.everwire.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.RefusedException;
import io.everwire.SocketIoServer;
import io.everwire.testkit.TestClient;
import io.everwire.testkit.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** B11: clients can determine neither the form nor the volume of the log. */
class ClientLogTest {
    private static final String FORGED = "\n2026-11-29 12:00:00 INFO admin logged in";

    /** Clients, each with failures of its own. */
    private static final int CLIENTS = 100;

    private static final int EVENTS = 30;

    /** Far less than one line for each event; the burst of a few sites, with stack traces, fits. */
    private static final int MOST = 400_000;

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final TestServer test = TestServer.create();
    private final SocketIoServer server = test.server();

    @BeforeEach
    void record() {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        System.setErr(before);
    }

    @Test
    void handlersThatFailWithTextOfTheirClients() {
        server.on("throws", String.class, (socket, text) -> {
            throw new IllegalStateException("unknown user " + text, new IllegalArgumentException(text));
        });
        server.onCall("later", String.class, (socket, text) -> {
            IllegalStateException failure = new IllegalStateException("unknown user " + text);
            failure.addSuppressed(new IllegalArgumentException(text));
            return CompletableFuture.failedFuture(new CompletionException(failure));
        });
        server.onAny((socket, event, arguments) -> {
            throw new IllegalStateException(event + Objects.requireNonNull(arguments.as(0, String.class)));
        });

        fail("throws", "later");

        assertThatTheLogIsOurs();
    }

    @Test
    void middlewareThatFailsWithTextOfItsClients() {
        server.onConnection(socket -> {
            socket.use((same, event, arguments) -> {
                throw new IllegalStateException(arguments.as(0, String.class));
            });
            socket.onError(failure -> {
                throw new IllegalStateException(failure.getMessage());
            });
        });

        fail("event");

        assertThatTheLogIsOurs();
    }

    @Test
    void namespacesAreRefusedWithTextOfTheirClients() {
        server.use(socket -> {
            String token = String.valueOf(socket.handshake().auth(Map.class).get("token"));
            throw new IllegalStateException("bad token " + token);
        });
        for (int i = 0; i < CLIENTS * 10; i++) {
            test.connect("/", Map.of("token", FORGED));
        }
        assertThatTheLogIsOurs();
    }

    @Test
    void dataOfRefusalsThatCannotBeWritten() {
        server.use(socket -> {
            throw new RefusedException("no", new Object() {
                @SuppressWarnings("unused") // called by the codec
                public int getValue() {
                    throw new IllegalStateException(FORGED);
                }
            });
        });
        for (int i = 0; i < CLIENTS * 10; i++) {
            test.connect("/");
        }
        assertThatTheLogIsOurs();
    }

    private void fail(String... events) {
        for (int i = 0; i < CLIENTS; i++) {
            TestClient client = test.connect();
            for (int j = 0; j < EVENTS; j++) {
                for (String event : events) {
                    client.emit(event, FORGED + "x".repeat(2_000));
                }
            }
            assertThat(client.connected()).isTrue();
        }
    }

    private void assertThatTheLogIsOurs() {
        String written = log.toString(StandardCharsets.UTF_8);
        assertThat(written.contains(FORGED)).isFalse();
        assertThat(written.length()).isLessThan(MOST);
    }
}
