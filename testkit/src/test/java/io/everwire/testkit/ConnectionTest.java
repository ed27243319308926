package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.adapter.MemoryAdapter;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Connecting, and the order in which listeners are called. */
class ConnectionTest {
    private final TestServer test = TestServer.create();
    private final List<String> reported = new ArrayList<>();

    @Test
    void theClientIsToldItsIdAndTheListenerSeesTheSameSocket() {
        test.server().onConnection(socket -> reported.add(socket.id()));

        TestClient alice = test.connect();

        assertThat(alice.connected()).isTrue();
        assertThat(reported).containsExactly(alice.id());
        assertThat(alice.id()).matches("[A-Za-z0-9_-]{20}");
        assertThat(test.server().sockets()).containsOnlyKeys(alice.id());
    }

    @Test
    void whatTheListenerSendsComesAfterTheConnectAnswer() {
        test.server().onConnection(socket -> socket.emit("welcome"));

        TestClient alice = test.connect();

        assertThat(alice.connection().packets().get(0)).isInstanceOf(Packet.Connect.class);
        assertThat(alice.received()).containsExactly(TestEvent.of("welcome"));
    }

    @Test
    void aBroadcastMadeTheMomentTheSocketIsVisibleComesAfterTheConnectAnswer() {
        TestServer busy = TestServer.create(ServerOptions.builder()
                .adapter((namespace, sockets) -> new JoinWatcher(
                        new MemoryAdapter(sockets),
                        (adapter, socket) -> adapter.broadcast(news(), JoinWatcher.EVERYBODY)))
                .build());

        TestClient alice = busy.connect();

        assertThat(alice.connection().packets().get(0)).isInstanceOf(Packet.Connect.class);
        assertThat(alice.received()).containsExactly(TestEvent.of("news"));
    }

    @Test
    void aSocketDisconnectedTheMomentItIsVisibleIsHeardOfInOrderAndLeavesNoRoom() {
        List<Integer> inRooms = new ArrayList<>();
        TestServer busy = TestServer.createThreaded(ServerOptions.builder()
                .handlerExecutor(Runnable::run)
                .adapter((namespace, sockets) -> new JoinWatcher(new MemoryAdapter(sockets), (adapter, socket) -> {
                    ((Socket) socket).disconnect();
                    inRooms.add(adapter.rooms(socket).size());
                }))
                .build());
        busy.server().onConnection(socket -> reported.add("connection"));
        busy.server().onDisconnect((socket, reason) -> {
            reported.add("disconnect");
            inRooms.add(socket.rooms().size());
        });

        TestClient alice = busy.connect();

        assertThat(reported).containsExactly("connection", "disconnect");
        assertThat(alice.closeReason()).isEqualTo("io server disconnect");
        assertThat(inRooms).last().isEqualTo(0);
        assertThat(busy.server().to(alice.id()).sockets()).isEmpty();
    }

    @Test
    void eventsThatFollowAtOnceFindTheHandlersOfTheListener() {
        test.server().onConnection(socket -> socket.on("hi", String.class, (same, name) -> reported.add(name)));

        TestConnection connection = test.opening().open();

        test.time().atOnce(() -> connection.connect("/").emit("hi", "one").emit("hi", "two"));

        assertThat(reported).containsExactly("one", "two");
    }

    @Test
    void aNamespaceHasSocketsAndHandlersOfItsOwn() {
        test.server()
                .of("/chat")
                .on("hi", socket -> reported.add("chat " + socket.namespace().name()));
        test.server().on("hi", socket -> reported.add("root"));

        TestConnection connection = test.opening().open();
        TestClient root = connection.connect("/");
        TestClient chat = connection.connect("/chat");
        chat.emit("hi");

        assertThat(reported).containsExactly("chat /chat");
        assertThat(root.id()).isNotEqualTo(chat.id());
        assertThat(test.server().of("chat")).isSameAs(test.server().of("/chat"));
        assertThat(test.server().of("/chat").sockets()).containsOnlyKeys(chat.id());
    }

    @Test
    void anUnknownNamespaceIsRefusedAndTheConnectionStays() {
        TestConnection connection = test.opening().open();
        TestClient nowhere = connection.connect("/nowhere");

        assertThat(nowhere.connected()).isFalse();
        assertThat(nowhere.connectError().get("message")).isEqualTo("Invalid namespace");
        assertThat(connection.closed()).isFalse();
        assertThat(connection.connect("/").connected()).isTrue();
    }

    @Test
    void joiningTwiceReplacesTheSocket() {
        TestConnection connection = test.opening().open();
        connection.connect("/");
        test.server().onConnection(socket -> reported.add("connection"));
        test.server().onDisconnect((socket, reason) -> reported.add(reason.toString()));

        TestClient again = connection.connect("/");

        assertThat(connection.closed()).isFalse();
        assertThat(test.server().sockets()).containsOnlyKeys(again.id());
        assertThat(reported).containsExactly("client namespace disconnect", "connection");
    }

    @Test
    void aClientThatLeftMayJoinAgainWithANewId() {
        TestConnection connection = test.opening().open();
        TestClient first = connection.connect("/");
        String id = first.id();
        first.disconnect();

        TestClient second = connection.connect("/");

        assertThat(second.connected()).isTrue();
        assertThat(second.id()).isNotEqualTo(id);
        assertThat(test.server().sockets()).containsOnlyKeys(second.id());
    }

    @Test
    void anythingBeforeConnectClosesTheConnection() {
        List<Packet> early = List.of(
                new Packet.Event("/", Packet.NO_ACK, JsonArray.of(Bytes.utf8("\"hi\"")), List.of()),
                new Packet.Message("/", Packet.NO_ACK, Bytes.utf8("\"hi\""), List.of()),
                new Packet.Ack("/", 0, JsonArray.EMPTY, List.of()),
                new Packet.Disconnect("/"),
                new Packet.ConnectError("/", Bytes.utf8("{}")));
        for (Packet packet : early) {
            TestConnection connection = test.opening().open();

            connection.send(packet);

            assertThat(connection.closed()).as(packet.toString()).isTrue();
        }
    }

    @Test
    void aConnectErrorFromAClientClosesTheConnection() {
        TestClient alice = test.connect();

        alice.connection().send(new Packet.ConnectError("/", Bytes.utf8("{}")));

        assertThat(alice.connection().closed()).isTrue();
    }

    @Test
    void aConnectionThatJoinsNothingIsClosedAfterTheConnectTimeout() {
        TestServer hasty = TestServer.create(
                ServerOptions.builder().connectTimeout(Duration.ofSeconds(3)).build());
        TestConnection idle = hasty.opening().open();
        TestConnection lost = hasty.opening().open();
        lost.connect("/nowhere");
        TestConnection busy = hasty.opening().open();
        busy.connect("/");

        hasty.advance(Duration.ofMillis(2_999));
        assertThat(idle.closed()).isFalse();

        hasty.advance(Duration.ofMillis(1));
        assertThat(idle.closed()).isTrue();
        assertThat(lost.closed()).isTrue();
        assertThat(busy.closed()).isFalse();
    }

    @Test
    void noTimerIsLeftOverByWhatHasEnded() {
        TestClient alice = test.connect();
        test.opening().open().close();
        alice.connection().close();

        assertThat(test.time().timers()).isZero();
        assertThat(test.server().engine().clientsCount()).isZero();
    }

    @Test
    void oneNamespaceTooManyIsRefused() {
        TestServer narrow =
                TestServer.create(ServerOptions.builder().maxNamespaces(2).build());
        List.of("/a", "/b", "/c").forEach(narrow.server()::of);
        TestConnection connection = narrow.opening().open();
        TestClient first = connection.connect("/a");
        TestClient second = connection.connect("/b");

        TestClient third = connection.connect("/c");

        assertThat(third.connectError()).isEqualTo(Map.of("message", "maxNamespaces: the limit is 2, not 3"));
        assertThat(first.connected()).isTrue();
        assertThat(second.connected()).isTrue();
    }

    @Test
    void namespacesThatTheServerEndedDoNotCount() {
        TestServer narrow =
                TestServer.create(ServerOptions.builder().maxNamespaces(1).build());
        List.of("/a", "/b").forEach(narrow.server()::of);
        TestConnection connection = narrow.opening().open();
        connection.connect("/a");
        narrow.server().of("/a").sockets().values().forEach(Socket::disconnect);

        TestClient again = connection.connect("/a");
        assertThat(again.connected()).isTrue();
        again.disconnect();

        assertThat(connection.connect("/b").connected()).isTrue();
        assertThat(connection.closed()).isFalse();
    }

    @Test
    void authReachesTheHandshake() {
        test.server()
                .onConnection(socket ->
                        reported.add(socket.handshake().auth(Map.class).toString()));

        test.connect("/", Map.of("token", "x"));
        test.connect("/");

        assertThat(reported).containsExactly("{token=x}", "{}");
    }

    @Test
    void whatIsNotAPacketClosesThatConnectionOnly() {
        TestClient alice = test.connect();
        TestClient bob = test.connect();
        test.server().onDisconnect((socket, reason) -> reported.add(reason.toString()));

        alice.connection().webSocket().send("garbage");

        assertThat(alice.closeReason()).isEqualTo("transport close");
        assertThat(reported).containsExactly("parse error");
        assertThat(bob.connected()).isTrue();
    }

    private static Packet news() {
        return new Packet.Event("/", Packet.NO_ACK, JsonArray.of(Bytes.utf8("\"news\"")), List.of());
    }
}
