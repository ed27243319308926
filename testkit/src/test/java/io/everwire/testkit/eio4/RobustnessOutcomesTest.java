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
 * What the reference's own tests insist on, of callbacks for what was sent: each once, in order, and none for what the end of
 * the connection dropped. Here they are the outcome of an emit, listeners of drain, and futures.
 */
class RobustnessOutcomesTest {
    private final TestServer test = TestServer.create();
    private final SocketIoServer server = test.server();
    private final List<String> told = new ArrayList<>();
    private final List<Socket> joined = new ArrayList<>();

    RobustnessOutcomesTest() {
        server.onConnection(joined::add);
    }

    @Test
    void drainIsToldOnceForAllThatOnePollTakesInTheOrderOfTheListeners() {
        PollingClient client = PollingClient.join(test);
        socket().onDrain(() -> told.add("first"));
        socket().onDrain(() -> told.add("second"));

        socket().emit("a");
        socket().emit("b");
        assertThat(told).isEmpty();
        client.get();
        assertThat(told).containsExactly("first", "second");

        socket().emit("c");
        client.get();
        assertThat(told).containsExactly("first", "second", "first", "second");
    }

    @Test
    void whatTheEndDropsIsNotDrained() {
        PollingClient client = PollingClient.join(test);
        TestWebSocket line = test.webSocket(PollingClient.WEBSOCKET).send("40");
        line.writable(false);
        for (Socket socket : joined) {
            socket.onDrain(() -> told.add("drain"));
            socket.onDisconnect(reason -> told.add(reason.toString()));
            assertThat(socket.emit("a")).isEqualTo(EmitResult.ACCEPTED);
        }

        client.post("1");
        line.close();
        line.writable(true);

        assertThat(told).containsExactly("transport close", "transport close");
        assertThat(joined).allSatisfy(socket -> {
            assertThat(socket.emit("b")).isEqualTo(EmitResult.DISCONNECTED);
            assertThat(socket.pressure()).isZero();
        });
    }

    @Test
    void callsCompleteInTheOrderOfTheirAnswersEachOnce() {
        PollingClient client = PollingClient.join(test);
        for (String event : List.of("a", "b", "c")) {
            socket().call(event, String.class).thenAccept(answer -> told.add(event + answer));
        }
        assertThat(PollingClient.text(client.get())).isEqualTo("420[\"a\"]\u001e421[\"b\"]\u001e422[\"c\"]");

        client.post("430[1]\u001e432[3]\u001e430[4]\u001e431[2]\u001e431[5]");

        assertThat(told).containsExactly("a1", "c3", "b2");
    }

    /** Ids are counted for the whole namespace: what orders some of them by accident does not order all. */
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
                told.add(event);
            });
        }

        client.post("1");
        client.post("4316[1]");

        assertThat(told).containsExactly("a", "b", "c", "d");
    }

    @Test
    void eachWhoClosesTheServerIsToldOnceAndNotBeforeWhatWaitsIsTaken() {
        PollingClient client = PollingClient.join(test);
        socket().emit("last");
        CompletableFuture<Void> first = server.closeAsync();
        CompletableFuture<Void> second = server.closeAsync();
        first.thenRun(() -> told.add("first"));
        second.thenRun(() -> told.add("second"));
        assertThat(told).isEmpty();

        assertThat(PollingClient.text(client.get())).isEqualTo("42[\"last\"]");

        assertThat(told).containsExactlyInAnyOrder("first", "second");
    }

    /** The one that joined last. */
    private Socket socket() {
        return Objects.requireNonNull(joined.get(joined.size() - 1));
    }
}
