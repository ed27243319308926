package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.EmitResult;
import io.everwire.HandlerMode;
import io.everwire.RefusedException;
import io.everwire.Registration;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.Packet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Accepting and refusing sockets; refused and undecided sockets are not visible. */
class MiddlewareTest {
    private final TestServer test = TestServer.create();
    private final SocketIoServer server = test.server();
    private final List<String> reported = new ArrayList<>();
    private final List<Socket> seen = new ArrayList<>();
    private final CompletableFuture<Void> decision = new CompletableFuture<>();

    MiddlewareTest() {
        server.onConnection(socket -> reported.add("connection"));
        server.onDisconnecting((socket, reason) -> reported.add("disconnecting"));
        server.onDisconnect((socket, reason) -> reported.add("disconnect"));
    }

    @ParameterizedTest
    @EnumSource
    void middlewareRunsInOrderBeforeTheListeners(HandlerMode mode) {
        TestServer test =
                TestServer.create(ServerOptions.builder().handlerMode(mode).build());
        test.server().use(socket -> reported.add("first"));
        test.server().useAsync(socket -> {
            reported.add("second");
            return CompletableFuture.completedFuture("whatever");
        });
        test.server().use(socket -> reported.add("third"));
        test.server().onConnection(socket -> reported.add("connection"));

        assertThat(test.connect().connected()).isTrue();
        assertThat(reported).containsExactly("first", "second", "third", "connection");
    }

    @Test
    void aRefusalTellsTheClientMessageAndData() {
        server.use(socket -> {
            throw new RefusedException("not \"you\"", Map.of("code", 7));
        });
        server.use(socket -> reported.add("too late"));

        TestClient alice = test.connect();

        assertThat(alice.connectError()).isEqualTo(Map.of("message", "not \"you\"", "data", Map.of("code", 7)));
        assertThat(alice.connection().closed()).isFalse();
        assertThat(reported).isEmpty();
    }

    @Test
    void aRefusalWithoutDataHasOnlyAMessage() {
        server.useAsync(socket -> decision);
        TestClient alice = test.connect();

        decision.completeExceptionally(new RefusedException("no"));

        assertThat(alice.connectError()).isEqualTo(Map.of("message", "no"));
    }

    @Test
    void whatElseIsThrownIsNotShownToTheClient() {
        List<Exception> failures =
                List.of(new IllegalStateException("secret"), new Exception("secret"), new NullPointerException());
        for (Exception failure : failures) {
            Registration added = server.use(socket -> {
                throw failure;
            });
            assertThat(test.connect().connectError()).isEqualTo(Map.of("message", "failed"));
            added.remove();
        }
        server.useAsync(socket -> null);
        assertThat(test.connect().connectError()).isEqualTo(Map.of("message", "failed"));
        assertThat(reported).isEmpty();
    }

    @Test
    void dataThatCannotBeToldIsLeftOut() {
        server.use(socket -> {
            throw new RefusedException("no", new byte[] {1});
        });

        assertThat(test.connect().connectError()).isEqualTo(Map.of("message", "no"));
    }

    @Test
    void authThatDoesNotFitIsARefusal() {
        server.use(socket -> socket.handshake().auth(Token.class));

        assertThat(test.connect("/", List.of(1)).connectError().get("message"))
                .as("nothing about types")
                .isEqualTo("auth does not fit");
        assertThat(test.connect("/", Map.of("token", "x")).connected()).isTrue();
    }

    record Token(String token) {}

    @Test
    void nobodyFindsASocketBeforeItIsLetIn() {
        server.useAsync(socket -> {
            socket.join("r");
            seen.add(socket);
            return decision;
        });
        TestClient alice = test.connect();
        Socket socket = seen.get(0);

        assertThat(socket.connected()).isFalse();
        assertThat(socket.rooms()).containsExactly("r");
        assertThat(server.sockets()).isEmpty();
        assertThat(server.to("r").sockets()).isEmpty();
        assertThat(socket.emit("early")).isEqualTo(EmitResult.DISCONNECTED);
        server.emit("news");
        server.to("r").emit("news");
        assertThat(alice.connection().packets()).isEmpty();

        decision.complete(null);

        assertThat(alice.connected()).isTrue();
        assertThat(socket.rooms()).containsExactlyInAnyOrder("r", alice.id());
        server.to("r").emit("news");
        assertThat(alice.received()).containsExactly(TestEvent.of("news"));
        assertThat(reported).containsExactly("connection");
    }

    @Test
    void whoIsRefusedIsLeftInNoRoom() {
        server.use(socket -> {
            socket.join("r", "s");
            socket.leave("s");
            seen.add(socket);
            throw new RefusedException("no");
        });

        test.connect();

        assertThat(seen.get(0).rooms()).isEmpty();
        seen.get(0).join("r");
        assertThat(seen.get(0).rooms()).isEmpty();
        assertThat(server.to("r").sockets()).isEmpty();
    }

    @Test
    void aConnectErrorThatComesMeanwhileClosesTheConnection() {
        server.useAsync(socket -> new CompletableFuture<>());
        TestConnection connection = test.opening().open();
        connection.connect("/");

        connection.send(new Packet.ConnectError("/", Bytes.utf8("{}")));

        assertThat(connection.closed()).isTrue();
        assertThat(reported).isEmpty();
    }

    @Test
    void nobodyHearsOfAClientThatLeftMeanwhile() {
        server.useAsync(socket -> decision);
        server.use(socket -> reported.add("not asked any more"));
        TestClient alice = test.connect();

        alice.connection().close();
        decision.complete(null);

        assertThat(reported).isEmpty();
        assertThat(server.sockets()).isEmpty();
        assertThat(test.server().engine().clientsCount()).isZero();
        assertThat(test.time().timers()).isZero();
    }

    @Test
    void middlewareThatNeverDecidesIsBoundedByTheConnectTimeout() {
        server.useAsync(socket -> new CompletableFuture<>());
        TestClient alice = test.connect();

        test.advance(Duration.ofMillis(44_999));
        assertThat(alice.connection().closed()).isFalse();
        test.advance(Duration.ofMillis(1));

        assertThat(alice.connection().closed()).isTrue();
    }

    @Test
    void aRefusalDoesNotCountAsJoined() {
        server.use(socket -> {
            throw new RefusedException("no");
        });
        TestClient alice = test.connect();

        test.advance(Duration.ofSeconds(45));

        assertThat(alice.connection().closed()).isTrue();
    }

    @Test
    void whoWasRefusedMayTryAgain() {
        server.use(socket -> {
            if (seen.isEmpty()) {
                seen.add(socket);
                throw new RefusedException("not yet");
            }
        });
        TestConnection connection = test.opening().open();

        assertThat(connection.connect("/").connected()).isFalse();
        assertThat(connection.connect("/").connected()).isTrue();
    }

    @Test
    void disconnectingASocketThatHasNotJoinedDoesNothing() {
        server.use(Socket::disconnect);

        assertThat(test.connect().connected()).isTrue();
        assertThat(reported).containsExactly("connection");
    }

    @Test
    void namespacesWaitingForTheirMiddlewareCountForTheLimit() {
        TestServer narrow =
                TestServer.create(ServerOptions.builder().maxNamespaces(1).build());
        narrow.server().of("/a").useAsync(socket -> new CompletableFuture<>());
        narrow.server().of("/b");
        TestConnection connection = narrow.opening().open();
        connection.connect("/a");

        TestClient second = connection.connect("/b");

        assertThat(second.connectError()).isEqualTo(Map.of("message", "maxNamespaces: the limit is 1, not 2"));
    }

    @Test
    void anUnknownNamespaceIsNotAskedOf() {
        server.use(socket -> reported.add("asked"));

        assertThat(test.connect("/nowhere").connectError()).isEqualTo(Map.of("message", "Invalid namespace"));
        assertThat(reported).isEmpty();
    }

    @Test
    void middlewareThatWasRemovedIsNotAsked() {
        server.use(socket -> reported.add("asked")).remove();

        test.connect();

        assertThat(reported).containsExactly("connection");
    }

    @Test
    void closingTheServerMeanwhileIsNotHeardOf() {
        server.useAsync(socket -> decision);
        test.connect();

        test.close();
        decision.complete(null);

        assertThat(reported).isEmpty();
    }
}
