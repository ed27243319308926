package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.CloseReason;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disconnecting: the listeners that are called, how often, and the reason. */
class DisconnectTest {
    private final TestServer test = TestServer.create();
    private final SocketIoServer server = test.server();
    private final TestClient alice = test.connect();
    private final Socket socket = Objects.requireNonNull(server.sockets().get(alice.id()));
    private final List<String> reported = new ArrayList<>();

    DisconnectTest() {
        server.onDisconnecting((same, reason) -> reported.add("disconnecting: " + reason));
        server.onDisconnect((same, reason) -> reported.add("disconnect: " + reason));
    }

    @Test
    void theClientLeaves() {
        alice.disconnect();

        assertReported("client namespace disconnect");
        assertThat(socket.connected()).isFalse();
        assertThat(alice.closeReason()).isEqualTo("io client disconnect");
        assertThat(alice.connection().closed()).isFalse();
        assertThat(server.sockets()).isEmpty();
    }

    @Test
    void theConnectionGoesAway() {
        alice.connection().close();

        assertReported("transport close");
        assertThat(alice.closeReason()).isEqualTo("transport close");
        assertThat(server.sockets()).isEmpty();
    }

    @Test
    void theServerDisconnectsTheSocket() {
        socket.disconnect();

        assertReported("server namespace disconnect");
        assertThat(alice.closeReason()).isEqualTo("io server disconnect");
        assertThat(alice.connection().closed()).isFalse();
    }

    @Test
    void theServerDisconnectsTheClientFromAllItsNamespaces() {
        server.of("/chat");
        TestClient chat = alice.connection().connect("/chat");
        server.of("/chat").onDisconnect((same, reason) -> reported.add("chat: " + reason));

        socket.disconnect(true);

        assertThat(reported).contains("chat: server namespace disconnect").hasSize(3);
        assertThat(alice.closeReason()).isEqualTo("io server disconnect");
        assertThat(chat.closeReason()).isEqualTo("io server disconnect");
        assertThat(alice.connection().closed()).isTrue();
        assertThat(server.engine().clientsCount()).isZero();
    }

    @Test
    void theServerIsClosed() {
        TestConnection idle = test.opening().open();

        test.close();

        assertReported("server shutting down");
        assertThat(alice.connection().closed()).isTrue();
        assertThat(idle.closed()).isTrue();
        assertThat(server.engine().clientsCount()).isZero();
    }

    @Test
    void aClosedServerLetsNobodyIn() {
        test.close();

        TestConnection late = test.opening().open();

        assertThat(late.refused()).isTrue();
        assertThat(late.webSocket().request().response().status()).isEqualTo(503);
    }

    @Test
    void closingTwiceIsClosingOnce() {
        test.close();
        test.close();

        assertReported("server shutting down");
    }

    @Test
    void itIsToldOnceWhateverComesAfterwards() {
        socket.disconnect();
        socket.disconnect();
        alice.disconnect();
        socket.disconnect(true);
        alice.connection().close();
        test.close();

        assertReported("server namespace disconnect");
    }

    @Test
    void bothSidesAtOnceAreToldOnce() {
        test.time().atOnce(() -> {
            alice.disconnect();
            alice.connection().close();
            socket.disconnect();
        });

        assertReported("server namespace disconnect");
    }

    @Test
    void listenersOfTheSocketHearTheReasonToo() {
        List<CloseReason> reasons = new ArrayList<>();
        socket.onDisconnecting(reasons::add);
        socket.onDisconnect(reasons::add).remove();
        socket.onDisconnect(reasons::add);

        alice.connection().close();

        assertThat(reasons).containsExactly(CloseReason.TRANSPORT_CLOSE, CloseReason.TRANSPORT_CLOSE);
    }

    @Test
    void whatCrossesTheServersDisconnectIsNoMistakeOfTheClient() {
        server.on("late", same -> reported.add("late"));
        socket.disconnect();

        alice.emit("late").send("late");
        alice.disconnect();

        assertReported("server namespace disconnect");
        assertThat(alice.connection().closed()).isFalse();
    }

    /** As in the reference, whose handlers are never late. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatAClientSentBeforeItWentIsHandledBeforeItsEndIsTold(boolean leaves) {
        Deque<Runnable> handlers = new ArrayDeque<>();
        TestServer slow = TestServer.createThreaded(
                ServerOptions.builder().handlerExecutor(handlers::add).build());
        slow.server().on("e", Integer.class, (same, number) -> reported.add("e" + number + " " + same.connected()));
        slow.server().onDisconnecting((same, reason) -> reported.add("in " + same.rooms()));
        TestClient bob = slow.connect().emit("e", 1).emit("e", 2);

        if (leaves) {
            bob.disconnect();
        } else {
            bob.connection().close();
        }
        assertThat(slow.server().sockets()).isEmpty();
        assertThat(reported).isEmpty();
        while (!handlers.isEmpty()) {
            handlers.remove().run();
        }

        assertThat(reported).containsExactly("e1 false", "e2 false", "in [" + bob.id() + "]");
    }

    @Test
    void whatWaitsForHandlersWhenTheServerEndsTheSocketIsNotHandled() {
        server.on("stop", Socket::disconnect);
        server.on("late", same -> reported.add("late"));

        test.time().atOnce(() -> alice.emit("stop").emit("late"));

        assertReported("server namespace disconnect");
    }

    @Test
    void disconnectingTheClientIsDoneForItsSocketWhenTheCallReturns() {
        server.on("kick", same -> {
            same.disconnect(true);
            reported.add("connected " + same.connected() + ", " + same.emit("late"));
        });
        server.on("late", same -> reported.add("late"));

        test.time().atOnce(() -> alice.emit("kick").emit("late"));

        assertThat(reported).contains("connected false, DISCONNECTED").doesNotContain("late");
        assertThat(alice.received()).isEmpty();
        assertThat(alice.connection().closed()).isTrue();
    }

    @Test
    void whoWasDisconnectedIsSentNothingMoreThoughStillInItsRooms() {
        socket.onDisconnecting(reason -> server.emit("news"));
        socket.onDisconnecting(reason -> server.to(alice.id()).send("news"));

        socket.disconnect();

        assertThat(alice.received()).isEmpty();
        assertReported("server namespace disconnect");
    }

    @Test
    void disconnectingFromTheConnectionListenerWorks() {
        server.onConnection(Socket::disconnect);

        TestClient bob = test.connect();

        assertThat(bob.closeReason()).isEqualTo("io server disconnect");
        assertReported("server namespace disconnect");
    }

    private void assertReported(String reason) {
        assertThat(reported).containsExactly("disconnecting: " + reason, "disconnect: " + reason);
    }
}
