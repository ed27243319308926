package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.DisconnectedException;
import io.everwire.EmitResult;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * The reference's own tests of callbacks for sent packets: each is called once, in order, and none for packets that
 * were dropped when the connection closed. Here they are the result of an emit, listeners of drain, and futures.
 */
class RobustnessOutcomesTest {
    private final TestServer test = TestServer.create();
    private final SocketIoServer server = test.server();
    private final List<String> reported = new ArrayList<>();
    private final List<Socket> joined = new ArrayList<>();

    RobustnessOutcomesTest() {
        server.onConnection(joined::add);
    }

    @Test
    void drainIsToldOnceForAllThatOnePollTakesInTheOrderOfTheListeners() {
        PollingClient client = PollingClient.join(test);
        socket().onDrain(() -> reported.add("first"));
        socket().onDrain(() -> reported.add("second"));

        socket().emit("a");
        socket().emit("b");
        assertThat(reported).isEmpty();
        client.get();
        assertThat(reported).containsExactly("first", "second");

        socket().emit("c");
        client.get();
        assertThat(reported).containsExactly("first", "second", "first", "second");
    }

    @Test
    void whatTheEndDropsIsNotDrained() {
        PollingClient client = PollingClient.join(test);
        TestWebSocket line = test.webSocket(PollingClient.WEBSOCKET).send("40");
        line.writable(false);
        for (Socket socket : joined) {
            socket.onDrain(() -> reported.add("drain"));
            socket.onDisconnect(reason -> reported.add(reason.toString()));
            assertThat(socket.emit("a")).isEqualTo(EmitResult.ACCEPTED);
        }

        client.post("1");
        line.close();
        line.writable(true);

        assertThat(reported).containsExactly("transport close", "transport close");
        assertThat(joined).allSatisfy(socket -> {
            assertThat(socket.emit("b")).isEqualTo(EmitResult.DISCONNECTED);
            assertThat(socket.pressure()).isZero();
        });
    }

    @Test
    void callsCompleteInTheOrderOfTheirAnswersEachOnce() {
        PollingClient client = PollingClient.join(test);
        for (String event : List.of("a", "b", "c")) {
            socket().call(event, String.class).thenAccept(answer -> reported.add(event + answer));
        }
        assertThat(PollingClient.text(client.get())).isEqualTo("420[\"a\"]\u001e421[\"b\"]\u001e422[\"c\"]");

        client.post("430[1]\u001e432[3]\u001e430[4]\u001e431[2]\u001e431[5]");

        assertThat(reported).containsExactly("a1", "c3", "b2");
    }

    /**
     * A namespace counts the ids of all its sockets: a collection that orders small ids by accident does not order
     * these.
     */
    @Test
    void callsThatTheEndDropsFailOnceInTheirOrder() {
        PollingClient.join(test);
        for (int i = 0; i < 14; i++) {
            socket().call("other", String.class);
        }
        PollingClient client = PollingClient.join(test);
        for (String event : List.of("a", "b", "c", "d")) {
            socket().call(event, String.class).whenComplete((answer, failure) -> {
                assertThat(failure).isInstanceOf(DisconnectedException.class);
                reported.add(event);
            });
        }

        client.post("1");
        client.post("4316[1]");

        assertThat(reported).containsExactly("a", "b", "c", "d");
    }

    @Test
    void eachWhoClosesTheServerIsToldOnceAndNotBeforeWhatWaitsIsTaken() {
        PollingClient client = PollingClient.join(test);
        socket().emit("last");
        CompletableFuture<Void> first = server.closeAsync();
        CompletableFuture<Void> second = server.closeAsync();
        first.thenRun(() -> reported.add("first"));
        second.thenRun(() -> reported.add("second"));
        assertThat(reported).isEmpty();

        assertThat(PollingClient.text(client.get())).isEqualTo("42[\"last\"]");

        assertThat(reported).containsExactlyInAnyOrder("first", "second");
    }

    /** Returns the socket that joined last. */
    private Socket socket() {
        return Objects.requireNonNull(joined.get(joined.size() - 1));
    }
}
