package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Socket;
import io.everwire.SocketIoServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Joining and leaving rooms. */
class RoomsTest {
    private final TestServer test = TestServer.create();
    private final SocketIoServer server = test.server();
    private final TestClient alice = test.connect();
    private final Socket socket = Objects.requireNonNull(server.sockets().get(alice.id()));

    @Test
    void everySocketIsInTheRoomOfItsId() {
        assertThat(socket.rooms()).containsExactly(alice.id());
    }

    @Test
    void theRoomOfTheIdIsThereForTheConnectionListener() {
        List<Set<String>> seen = new ArrayList<>();
        server.onConnection(another -> seen.add(another.rooms()));

        TestClient bob = test.connect();

        assertThat(seen).containsExactly(Set.of(bob.id()));
    }

    @Test
    void roomsAreJoinedAndLeft() {
        socket.join("r", "s");
        socket.join("r");
        assertThat(socket.rooms()).containsExactlyInAnyOrder(alice.id(), "r", "s");

        socket.leave("r");
        socket.leave("nowhere");
        assertThat(socket.rooms()).containsExactlyInAnyOrder(alice.id(), "s");
        server.to("r").emit("news");
        assertThat(alice.received()).isEmpty();
    }

    @Test
    void theListOfRoomsIsASnapshot() {
        Set<String> before = socket.rooms();

        socket.join("r");

        assertThat(before).containsExactly(alice.id());
    }

    @Test
    void whoIsDisconnectingIsStillInTheRoomsAndThenInNone() {
        List<String> reported = new ArrayList<>();
        socket.join("r");
        server.onDisconnecting(
                (same, reason) -> reported.add("disconnecting " + same.rooms().size()));
        server.onDisconnect(
                (same, reason) -> reported.add("disconnect " + same.rooms().size()));
        socket.onDisconnecting(
                reason -> reported.add("own disconnecting " + socket.rooms().size()));
        socket.onDisconnect(
                reason -> reported.add("own disconnect " + socket.rooms().size()));

        alice.disconnect();

        assertThat(reported)
                .containsExactly("disconnecting 2", "own disconnecting 2", "disconnect 0", "own disconnect 0");
    }

    @Test
    void whoIsDisconnectingCanStillReachTheOthersOfItsRooms() {
        TestClient bob = test.connect();
        server.in(alice.id(), bob.id()).socketsJoin("r");
        socket.onDisconnecting(reason -> socket.to("r").emit("bye"));

        alice.connection().close();

        assertThat(bob.received()).containsExactly(TestEvent.of("bye"));
    }

    @Test
    void joiningAfterDisconnectLeavesNothingBehind() {
        socket.onDisconnecting(reason -> socket.join("while disconnecting"));
        socket.onDisconnect(reason -> socket.join("at disconnect"));
        alice.disconnect();
        socket.join("later");

        assertThat(socket.rooms()).isEmpty();
        for (String room : List.of("while disconnecting", "at disconnect", "later", alice.id())) {
            assertThat(server.to(room).sockets()).as(room).isEmpty();
        }
    }
}
