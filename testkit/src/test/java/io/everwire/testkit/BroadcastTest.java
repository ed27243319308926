package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.EmitResult;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.json.JsonException;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The receivers of events, and the number of times that an event is written. */
class BroadcastTest {
    private static final TestEvent NEWS = TestEvent.of("news", 1);

    private final CountingGeneration modern = new CountingGeneration(TestGeneration.WITH_ACKS);
    private final CountingGeneration ancient = new CountingGeneration(TestGeneration.WITHOUT_ACKS);
    private final TestServer test =
            TestServer.create(ServerOptions.builder().build(), TestServer.installedCodec(), List.of(modern, ancient));
    private final SocketIoServer server = test.server();
    private final TestClient alice = test.connect();
    private final TestClient bob = test.connect();
    private final TestClient carol = test.connect();

    @Test
    void emitReachesOneAndTellsSo() {
        assertThat(socket(alice).emit("news", 1)).isEqualTo(EmitResult.ACCEPTED);

        assertReceivers(alice);
    }

    @Test
    void emitToWhomHasLeftTellsSo() {
        Socket socket = socket(alice);
        alice.disconnect();

        assertThat(socket.emit("news", 1)).isEqualTo(EmitResult.DISCONNECTED);
        assertThat(socket.send("news")).isEqualTo(EmitResult.DISCONNECTED);
        assertReceivers();
    }

    @Test
    void theServersEmitReachesEverybody() {
        server.emit("news", 1);

        assertReceivers(alice, bob, carol);
    }

    @Test
    void broadcastReachesEverybodyElse() {
        socket(alice).broadcast().emit("news", 1);

        assertReceivers(bob, carol);
    }

    @Test
    void toReachesTheRoomWithoutTheSender() {
        socket(alice).join("r");
        socket(bob).join("r");

        socket(alice).to("r").emit("news", 1);

        assertReceivers(bob);
    }

    @Test
    void theServersInReachesTheWholeRoom() {
        socket(alice).join("r");
        socket(bob).join("r");

        server.in("r").emit("news", 1);

        assertReceivers(alice, bob);
    }

    @Test
    void whoIsInSeveralRoomsReceivesOnce() {
        socket(alice).join("r", "s", "t");
        socket(bob).join("s");

        server.to("r", "s").in("t").to("r", "r").emit("news", 1);

        assertReceivers(alice, bob);
    }

    @Test
    void exceptLeavesOutWhoeverIsInOneOfTheRooms() {
        socket(alice).join("r", "quiet");
        socket(bob).join("r", "silent");
        socket(carol).join("r");

        server.to("r").except("quiet").except("silent", "silent").emit("news", 1);

        assertReceivers(carol);
    }

    @Test
    void exceptAloneMeansEverybodyBut() {
        socket(alice).join("quiet");

        server.except("quiet").emit("news", 1);
        socket(bob).except("quiet").emit("news", 1);

        assertThat(alice.received()).isEmpty();
        assertThat(bob.received()).containsExactly(NEWS);
        assertThat(carol.received()).containsExactly(NEWS, NEWS);
    }

    @Test
    void exceptOfARoomThatIsEmptyLeavesNobodyOut() {
        server.except("nobody").emit("news", 1);

        assertReceivers(alice, bob, carol);
    }

    @Test
    void anIdIsARoomForOne() {
        server.to(bob.id()).emit("news", 1);
        assertReceivers(bob);

        server.except(alice.id(), bob.id()).emit("news", 1);
        assertReceivers(bob, carol);
    }

    @Test
    void anOperatorIsImmutable() {
        var room = server.to("r");
        room.to(alice.id());
        room.except(bob.id());
        socket(bob).join("r");

        room.emit("news", 1);

        assertReceivers(bob);
    }

    @Test
    void namespacesDoNotHearEachOther() {
        TestClient chat = test.connect(server.of("/chat").name());

        server.emit("news", 1);
        server.of("/chat").to(alice.id()).emit("news", 1);

        assertThat(chat.received()).isEmpty();
        assertReceivers(alice, bob, carol);
    }

    @Test
    void oneBroadcastIsWrittenOnceForEachGenerationPresent() {
        TestClient old = test.opening().withoutAcks().open().connect("/");
        TestClient older = test.opening().withoutAcks().open().connect("/");

        server.emit("news", 1);

        assertThat(List.of(modern.written(), ancient.written())).containsExactly(1, 1);
        assertReceivers(alice, bob, carol, old, older);
    }

    @Test
    void aGenerationThatIsNotPresentIsNotWritten() {
        server.emit("news", 1);

        assertThat(List.of(modern.written(), ancient.written())).containsExactly(1, 0);
    }

    @Test
    void anEmptyRoomWritesNothing() {
        server.to("nobody").emit("news", 1);
        server.to(alice.id()).except(alice.id()).emit("news", 1);
        TestServer empty =
                TestServer.create(ServerOptions.builder().build(), TestServer.installedCodec(), List.of(modern));
        empty.server().emit("news", 1);

        assertThat(modern.written()).isZero();
    }

    @Test
    void theSocketsChosenCanBeListedMovedAndDisconnected() {
        server.except(carol.id()).socketsJoin("r", "s");
        assertThat(server.to("r").sockets()).containsExactlyInAnyOrder(socket(alice), socket(bob));

        server.to("s").socketsLeave("r", "nowhere");
        assertThat(server.to("r").sockets()).isEmpty();
        assertThat(server.to("s").sockets()).hasSize(2);

        server.to("s").disconnectSockets();
        assertThat(alice.connected()).isFalse();
        assertThat(bob.connected()).isFalse();
        assertThat(carol.connected()).isTrue();
    }

    @Test
    void reservedNamesAreRefusedEverywhere() {
        for (String name :
                List.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener")) {
            assertRefused(() -> server.emit(name));
            assertRefused(() -> server.to("r").emit(name));
            assertRefused(() -> socket(alice).emit(name));
            assertRefused(() -> socket(alice).call(name, String.class));
            assertRefused(() -> server.on(name, socket -> {}));
            assertRefused(() -> socket(alice).onCall(name, socket -> 1));
        }
        assertReceivers();
        assertThat(test.time().timers()).as("no call waits").isZero();
    }

    @Test
    void whatCannotBeWrittenIsTheCallersFault() {
        assertThatThrownBy(() -> server.emit("news", new Unwritable())).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> socket(alice).call("news", String.class, new Unwritable()))
                .isInstanceOf(JsonException.class);
        assertReceivers();
    }

    @Test
    void whatIsForNobodyIsNotEvenWritten() {
        server.to("empty", "also empty").emit("news", new Unwritable());
        server.to("empty").send(new Unwritable());
        server.of("/empty").emit("news", new Unwritable());

        socket(alice).join("empty");
        assertThatThrownBy(() -> server.to("empty", "also empty").emit("news", new Unwritable()))
                .isInstanceOf(JsonException.class);
    }

    @Test
    void binaryDataTravelsBesideTheJson() {
        server.emit("file", "a", new byte[] {1, 2}, List.of(new byte[] {3}));

        List<Object> args = alice.received().get(0).args();
        assertThat(args.get(1)).isEqualTo(new byte[] {1, 2});
        assertThat((List<?>) args.get(2)).first().isEqualTo(new byte[] {3});
    }

    /** Throws while it is written as JSON. */
    private static final class Unwritable {
        @SuppressWarnings("unused") // called by the codec
        public int getValue() {
            throw new IllegalStateException("no value");
        }
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("reserved");
    }

    private Socket socket(TestClient client) {
        return Objects.requireNonNull(server.sockets().get(client.id()));
    }

    private void assertReceivers(TestClient... receivers) {
        for (TestClient client : List.of(alice, bob, carol)) {
            assertThat(client.received()).hasSize(List.of(receivers).contains(client) ? 1 : 0);
        }
        for (TestClient receiver : receivers) {
            assertThat(receiver.received()).containsExactly(NEWS);
        }
    }
}
