package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.AckResponses;
import io.everwire.AckTimeoutException;
import io.everwire.DropReason;
import io.everwire.EmitResult;
import io.everwire.RemoteSocket;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Parts of the API that have several forms, or that Node users look for under another name. */
class ApiTest {
    private final TestServer test = TestServer.create();
    private final SocketIoServer server = test.server();
    private final TestClient alice = test.connect();
    private final TestClient bob = test.connect();
    private final TestClient carol = test.connect();

    @Test
    void namespacesAreALiveUnmodifiableView() {
        Map<String, ?> namespaces = server.namespaces();
        assertThat(namespaces.keySet()).containsExactly("/");

        var chat = server.of("chat");
        server.of(Pattern.compile("/table-\\d+"));
        test.connect("/table-1");

        assertThat(namespaces.keySet()).containsExactlyInAnyOrder("/", "/chat", "/table-1");
        assertThat(namespaces.get("/chat")).isSameAs(chat);
        assertThatThrownBy(() -> namespaces.remove("/chat")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aDynamicNamespaceThatIsRemovedLeavesTheView() {
        TestServer other = TestServer.create(
                ServerOptions.builder().cleanupEmptyChildNamespaces(true).build());
        other.server().of(Pattern.compile("/table-\\d+"));
        TestClient dave = other.connect("/table-1");
        assertThat(other.server().namespaces()).containsKey("/table-1");

        dave.disconnect();

        assertThat(other.server().namespaces()).containsOnlyKeys("/");
    }

    @Test
    void roomsAreASnapshotOfTheRoomsThatHaveASocket() {
        socket(alice).join("r");
        Set<String> before = server.of("/").rooms();
        assertThat(before).containsExactlyInAnyOrder(alice.id(), bob.id(), carol.id(), "r");

        socket(alice).leave("r");
        bob.disconnect();

        assertThat(server.of("/").rooms()).containsExactlyInAnyOrder(alice.id(), carol.id());
        assertThat(before).contains("r", bob.id());
        assertThat(server.of("/empty").rooms()).isEmpty();
    }

    @Test
    void flagsMayPrecedeTheChoice() {
        socket(bob).join("r");
        bob.connection().webSocket().writable(false);

        socket(alice).asVolatile().broadcast().emit("a");
        socket(alice).asVolatile().to("r").emit("b");
        socket(alice).compress(false).asVolatile().in("r").emit("c");
        socket(alice).asVolatile().except("r").emit("d");
        socket(alice).asVolatile().local().emit("e");
        bob.connection().webSocket().writable(true);

        assertThat(alice.received()).isEmpty();
        assertThat(bob.received()).isEmpty();
        assertThat(carol.received()).containsExactly(TestEvent.of("a"), TestEvent.of("d"), TestEvent.of("e"));
    }

    @Test
    void theTimeoutMayPrecedeTheChoice() {
        CompletableFuture<AckResponses<Integer>> call =
                socket(alice).timeout(Duration.ofSeconds(1)).broadcast().call("e", Integer.class);

        bob.ack(bob.received().get(0), 2);
        test.advance(Duration.ofMillis(999));
        assertThat(call).isNotDone();
        test.advance(Duration.ofMillis(1));

        assertThat(call)
                .isCompletedWithValueMatching(responses -> responses.values().equals(List.of(2)));
    }

    @Test
    void aFlagOfOneSocketAppliesToIt() {
        alice.connection().webSocket().writable(false);

        assertThat(socket(alice).asVolatile().emit("e")).isEqualTo(EmitResult.dropped(DropReason.VOLATILE));
        assertThat(socket(alice).compress(false).emit("e")).isEqualTo(EmitResult.ACCEPTED);
    }

    @Test
    void roomsMayBeCollections() {
        socket(alice).join(List.of("r", "s"));
        socket(bob).join(Set.of("s"));
        assertThat(socket(alice).rooms()).containsExactlyInAnyOrder(alice.id(), "r", "s");

        server.to(List.of("r", "s")).emit("to");
        server.in(Set.of("r")).emit("in");
        server.except(List.of("r", "s")).emit("except");
        socket(carol).to(List.of("s")).except(List.of("r")).emit("by carol");
        server.to(List.of("s")).socketsLeave(List.of("s"));
        server.except(List.of(alice.id())).socketsJoin(List.of("t", "u"));
        socket(alice).leave(List.of("r", "nowhere"));

        assertThat(names(alice)).containsExactly("to", "in");
        assertThat(names(bob)).containsExactly("to", "by carol");
        assertThat(names(carol)).containsExactly("except");
        assertThat(socket(alice).rooms()).containsExactly(alice.id());
        assertThat(socket(bob).rooms()).containsExactlyInAnyOrder(bob.id(), "t", "u");
    }

    @Test
    void anEmptyCollectionIsNoBroadcastToEverySocket() {
        assertThatThrownBy(() -> server.to(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> socket(alice).to(List.of())).isInstanceOf(IllegalArgumentException.class);

        server.except(List.of()).emit("e");

        assertThat(names(alice)).containsExactly("e");
    }

    @Test
    void anOperatorKeepsNoReferenceToTheCollection() {
        List<String> rooms = new ArrayList<>(List.of(alice.id()));
        var chosen = server.to(rooms);
        var others = server.except(rooms);
        rooms.set(0, bob.id());

        chosen.emit("chosen");
        others.emit("others");

        assertThat(names(alice)).containsExactly("chosen");
        assertThat(names(bob)).containsExactly("others");
    }

    @Test
    void emitWithAckIsCall() {
        CompletableFuture<Integer> one = socket(alice).emitWithAck("e", Integer.class, 1);
        CompletableFuture<Integer> flagged = socket(alice).compress(false).emitWithAck("e", Integer.class);
        CompletableFuture<AckResponses<Integer>> room = server.to(bob.id()).emitWithAck("e", Integer.class);
        CompletableFuture<AckResponses<Integer>> all = server.emitWithAck("e", Integer.class);

        for (TestClient client : List.of(alice, bob, carol)) {
            client.received().forEach(event -> client.ack(event, 7));
        }

        assertThat(one).isCompletedWithValue(7);
        assertThat(flagged).isCompletedWithValue(7);
        assertThat(room.join().values()).containsExactly(7);
        assertThat(all.join().values()).containsExactly(7, 7, 7);
        assertThat(alice.received().get(0)).isEqualTo(TestEvent.of("e", 1));
    }

    @Test
    void aRemoteSocketHasATimeout() {
        RemoteSocket remote = server.to(alice.id()).fetchSockets().join().get(0);
        CompletableFuture<Integer> answered =
                remote.timeout(Duration.ofSeconds(1)).call("e", Integer.class);
        CompletableFuture<Integer> late = remote.timeout(Duration.ofSeconds(1)).emitWithAck("e", Integer.class);
        CompletableFuture<Integer> untimed = remote.call("e", Integer.class);

        alice.ack(alice.received().get(0), 1);
        test.advance(Duration.ofSeconds(1));

        assertThat(answered).isCompletedWithValue(1);
        assertThatThrownBy(late::join).hasCauseInstanceOf(AckTimeoutException.class);
        assertThat(untimed).as("the first object keeps its timeout").isNotDone();
        assertThatThrownBy(() -> remote.timeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void setupIsRunBeforeTheServerIsReturned() {
        List<SocketIoServer> seen = new ArrayList<>();
        ServerOptions options = ServerOptions.builder()
                .setup(created -> {
                    seen.add(created);
                    created.onCall("e", socket -> "from setup");
                })
                .build();

        TestServer first = TestServer.create(options);
        TestServer second = TestServer.create(options);

        assertThat(seen).containsExactly(first.server(), second.server());
        assertThat(second.connect().emitWithAck("e").answer()).containsExactly("from setup");
    }

    private static List<String> names(TestClient client) {
        return client.received().stream().map(TestEvent::name).toList();
    }

    private Socket socket(TestClient client) {
        return Objects.requireNonNull(server.sockets().get(client.id()));
    }
}
