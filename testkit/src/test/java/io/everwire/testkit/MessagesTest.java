package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.EmitResult;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.protocol.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** {@code send} and {@code message}: 0.6 clients can send nothing else; to all others, a message is an event. */
class MessagesTest {
    private final TestServer test = TestServer.create();
    private final SocketIoServer server = test.server();
    private final TestClient alice = test.connect();
    private final Socket socket = Objects.requireNonNull(server.sockets().get(alice.id()));
    private final List<Object> reported = new ArrayList<>();

    @Test
    void aMessageAndTheEventOfThatNameAreTheSame() {
        server.onMessage((from, message) -> reported.add(message));

        alice.send("as a message").emit("message", "as an event").send(Map.of("a", 1));

        assertThat(reported).containsExactly("as a message", "as an event", Map.of("a", 1));
    }

    @Test
    void theSocketHearsItsOwnMessages() {
        socket.onMessage(message -> reported.add(message));
        test.connect().send("of somebody else");

        alice.send("mine");

        assertThat(reported).containsExactly("mine");
    }

    @Test
    void messagesMayBeOfOneType() {
        server.onMessage(Integer.class, (from, number) -> reported.add(number + 1));

        alice.send(41).send("no number");

        assertThat(reported).containsExactly(42);
    }

    @Test
    void offRemovesHandlersOfMessages() {
        server.onMessage((from, message) -> reported.add(message));
        server.off("message");

        alice.send("x");

        assertThat(reported).isEmpty();
    }

    @Test
    void whatTheServerSendsIsAMessageOnTheWire() {
        assertThat(socket.send("hello")).isEqualTo(EmitResult.ACCEPTED);
        server.send(Map.of("a", 1));
        server.to(alice.id()).send(null);

        assertThat(alice.received())
                .containsExactly(
                        TestEvent.of("message", "hello"),
                        TestEvent.of("message", Map.of("a", 1)),
                        TestEvent.of("message", (Object) null));
        assertThat(alice.connection().packets().subList(1, 4)).allMatch(Packet.Message.class::isInstance);
    }

    @Test
    void binaryMessagesGoBothWays() {
        server.onMessage(byte[].class, (from, bytes) -> from.send(bytes));

        alice.send(new byte[] {1, 2, 3});

        assertThat(alice.received()).containsExactly(TestEvent.of("message", (Object) new byte[] {1, 2, 3}));
    }
}
