package io.everwire.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.RefusedException;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.testkit.TestCall;
import io.everwire.testkit.TestClient;
import io.everwire.testkit.TestEvent;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code docs/guide/testing.md}: its samples are tests themselves. */
@SuppressWarnings("FutureReturnValueIgnored") // the assertions detect failures
class TestingGuideTest {
    // docs: testing
    static void install(SocketIoServer server) {
        server.on("say", String.class, (socket, text) -> socket.broadcast().emit("said", text));
        server.onCall("add", int.class, int.class, (socket, a, b) -> a + b);
    }

    @Test
    void otherClientsReceiveTheEvent() {
        TestServer test = TestServer.create();
        install(test.server());
        TestClient alice = test.connect();
        TestClient bob = test.connect();

        alice.emit("say", "hello");

        assertThat(bob.received()).containsExactly(TestEvent.of("said", "hello"));
        assertThat(alice.received()).isEmpty();
        assertThat(alice.emitWithAck("add", 3, 4).answer()).containsExactly(7);
    }
    // docs: end

    // docs: testing-time
    @Test
    void aSilentClientIsDisconnected() {
        TestServer test = TestServer.create();
        test.server()
                .onConnection(socket -> socket.timeout(Duration.ofSeconds(5))
                        .call("ready?", Boolean.class)
                        .exceptionally(tooLate -> {
                            socket.disconnect();
                            return false;
                        }));
        TestClient ready = test.connect();
        TestClient silent = test.connect();

        ready.ack(ready.received().get(0), true);
        test.advance(Duration.ofSeconds(5));

        assertThat(ready.connected()).isTrue();
        assertThat(silent.closeReason()).isEqualTo("io server disconnect");
    }
    // docs: end

    // docs: testing-auth
    record Credentials(String token) {}

    @Test
    void onlyAClientWithTheWordIsAccepted() {
        TestServer test = TestServer.create();
        test.server().use(socket -> {
            if (!"sesame".equals(socket.handshake().auth(Credentials.class).token())) {
                throw new RefusedException("unauthorized", Map.of("hint", "a plant"));
            }
        });

        assertThat(test.connect("/", Map.of("token", "sesame")).connected()).isTrue();
        TestClient other = test.connect("/", Map.of("token", "barley"));
        assertThat(other.connected()).isFalse();
        assertThat(other.connectError())
                .isEqualTo(Map.of("message", "unauthorized", "data", Map.of("hint", "a plant")));
        assertThat(test.server().sockets()).hasSize(1);
    }
    // docs: end

    // docs: testing-threads
    @Test
    void aHandlerMayWaitForItsClient() {
        TestServer test = TestServer.createThreaded(ServerOptions.builder().build());
        test.server()
                .onCall(
                        "delete",
                        String.class,
                        (socket, file) ->
                                socket.call("sure?", Boolean.class, file).join());
        TestClient client = test.connect();

        TestCall call = client.emitWithAck("delete", "notes.txt");
        client.ack(client.await(1).get(0), true);

        assertThat(call.await().answer()).containsExactly(true);
        test.close();
    }
    // docs: end

    // docs: testing-bytes
    @Test
    void aWebSocketByHand() {
        TestServer test = TestServer.create();
        test.server().on("hi", socket -> socket.emit("hello", "you"));

        TestWebSocket webSocket = test.webSocket("/socket.io/?EIO=4&transport=websocket");
        webSocket.send("40");
        webSocket.send("42[\"hi\"]");

        assertThat(webSocket.received()).hasSize(3).last().isEqualTo("42[\"hello\",\"you\"]");
    }
    // docs: end
}
