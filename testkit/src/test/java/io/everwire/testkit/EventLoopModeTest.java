package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.HandlerMode;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Handlers that run on the event loop. */
class EventLoopModeTest {
    private final TestServer test = TestServer.create(
            ServerOptions.builder().handlerMode(HandlerMode.EVENT_LOOP).build());
    private final List<String> reported = new ArrayList<>();

    @Test
    void handlersRunOnTheLoopOfTheirConnectionBeforeAnythingElseDoes() {
        var loop = test.time().newLoop();
        test.server().on("e", socket -> reported.add("handled on its loop: " + loop.inLoop()));
        TestClient alice = test.opening().on(loop).open().connect("/");

        test.time().atOnce(() -> {
            alice.emit("e");
            loop.execute(() -> reported.add("next"));
        });

        assertThat(reported).containsExactly("handled on its loop: true", "next");
    }

    @Test
    void theOrderIsTheSame() {
        test.server().onConnection(socket -> {
            reported.add("connection");
            socket.on("e", String.class, (same, text) -> reported.add(text));
            socket.onDisconnecting(
                    reason -> reported.add("disconnecting " + socket.rooms().size()));
            socket.onDisconnect(
                    reason -> reported.add("disconnect " + socket.rooms().size()));
        });

        TestClient alice = test.connect();
        alice.emit("e", "one").emit("e", "two");
        alice.connection().close();

        assertThat(reported).containsExactly("connection", "one", "two", "disconnecting 1", "disconnect 0");
    }

    @Test
    void aHandlerMayDoAnythingToItsSocket() {
        test.server().on("stop", socket -> {
            socket.emit("bye");
            socket.disconnect(true);
            reported.add("after " + socket.connected());
        });
        test.server().onDisconnect((socket, reason) -> reported.add(reason.toString()));
        TestClient alice = test.connect();

        alice.emit("stop");

        assertThat(reported).containsExactly("after false", "server namespace disconnect");
        assertThat(alice.received()).containsExactly(TestEvent.of("bye"));
        assertThat(alice.connection().closed()).isTrue();
    }

    @Test
    void disconnectingInTheConnectionListenerIsHeardOfAfterIt() {
        test.server().onDisconnect((socket, reason) -> reported.add("disconnect"));
        test.server().onConnection(Socket::disconnect);
        test.server().onConnection(socket -> reported.add("connection"));

        TestClient alice = test.connect();

        assertThat(reported).containsExactly("connection", "disconnect");
        assertThat(alice.closeReason()).isEqualTo("io server disconnect");
    }

    @Test
    void aHandlerThatThrowsAnErrorDoesNotStopTheConnection() {
        test.server().on("broken", socket -> {
            throw new StackOverflowError("broken");
        });
        test.server().onConnection(socket -> {
            throw new AssertionError("broken");
        });
        test.server().onCall("e", socket -> "fine");
        TestClient alice = test.connect();

        assertThat(alice.emitWithAck("broken").answered()).isFalse();
        assertThat(alice.emitWithAck("e").answer()).containsExactly("fine");
    }

    @Test
    void callsAreCompletedOnTheLoop() {
        List<CompletableFuture<String>> calls = new ArrayList<>();
        test.server().on("ask me", socket -> {
            calls.add(socket.call("name", String.class));
            calls.get(0).thenAccept(name -> socket.emit("hello", name));
        });
        TestClient alice = test.connect().emit("ask me");

        alice.ack(alice.received().get(0), "Alice");

        assertThat(calls.get(0)).isCompletedWithValue("Alice");
        assertThat(alice.received().get(1)).isEqualTo(TestEvent.of("hello", "Alice"));
    }
}
