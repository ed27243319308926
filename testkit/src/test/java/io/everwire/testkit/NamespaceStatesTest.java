package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.RefusedException;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pairs of packets in every state of a namespace of one client (A1). No pair of an official client closes the connection, and
 * of two CONNECT packets the later one counts. Middleware of {@code /slow} decides when the test does, and so does the predicate
 * of {@code /late}.
 */
class NamespaceStatesTest {
    private static final Packet EVENT =
            new Packet.Event("/slow", 0, JsonArray.of(Bytes.utf8("\"hi\""), Bytes.utf8("1")), List.of());

    private final TestServer test = TestServer.create();
    private final SocketIoServer server = test.server();
    private final List<String> reported = new ArrayList<>();
    private final Deque<CompletableFuture<Void>> decisions = new ArrayDeque<>();
    private final Deque<CompletableFuture<Boolean>> lookups = new ArrayDeque<>();
    private final TestConnection connection = test.opening().open();

    NamespaceStatesTest() {
        server.of("/slow").useAsync(socket -> {
            CompletableFuture<Void> decision = new CompletableFuture<>();
            decisions.add(decision);
            return decision;
        });
        server.of("/slow")
                .onConnection(socket ->
                        reported.add("connection " + socket.handshake().auth(Map.class)));
        server.of("/slow")
                .onDisconnect((socket, reason) ->
                        reported.add("disconnect " + socket.handshake().auth(Map.class) + " " + reason));
        server.of("/slow").on("hi", Integer.class, (socket, n) -> reported.add("hi " + n));
        server.ofAsync((name, handshake) -> {
                    CompletableFuture<Boolean> lookup = new CompletableFuture<>();
                    lookups.add(lookup);
                    return lookup;
                })
                .onConnection(socket ->
                        reported.add("connection " + socket.handshake().auth(Map.class)));
    }

    @Test
    void aSecondConnectWhileMiddlewareDecidesReplacesTheFirst() {
        connect("/slow", "one");
        connect("/slow", "two");
        decisions.forEach(decision -> decision.complete(null));

        assertThat(connection.closed()).isFalse();
        assertThat(connection.packets()).hasSize(1).first().isInstanceOf(Packet.Connect.class);
        assertThat(reported).containsExactly("connection {n=two}");
        assertThat(server.of("/slow").sockets()).hasSize(1);
    }

    @Test
    void aReplacedAttemptThatIsRefusedTellsNothing() {
        connect("/slow", "one");
        connect("/slow", "two");
        decisions.poll().completeExceptionally(new RefusedException("no"));
        decisions.poll().complete(null);

        assertThat(connection.packets()).hasSize(1).first().isInstanceOf(Packet.Connect.class);
        assertThat(reported).containsExactly("connection {n=two}");
    }

    @Test
    void aConnectAfterTheSocketJoinedReplacesItWhenItIsAccepted() {
        connect("/slow", "one");
        decisions.poll().complete(null);
        connect("/slow", "two");
        // The client has received the first answer by now, and takes it for that to its second packet.
        connection.send(EVENT);
        assertThat(reported).containsExactly("connection {n=one}", "hi 1");

        decisions.poll().complete(null);
        connection.send(EVENT);

        assertThat(connection.closed()).isFalse();
        assertThat(connection.packets())
                .filteredOn(Packet.Connect.class::isInstance)
                .hasSize(2);
        assertThat(reported)
                .containsExactly(
                        "connection {n=one}",
                        "hi 1",
                        "disconnect {n=one} client namespace disconnect",
                        "connection {n=two}",
                        "hi 1");
        assertThat(server.of("/slow").sockets()).hasSize(1);
    }

    @Test
    void aConnectThatIsRefusedEndsTheSocketThatJoinedBefore() {
        connect("/slow", "one");
        decisions.poll().complete(null);
        connect("/slow", "two");
        decisions.poll().completeExceptionally(new RefusedException("no"));
        // Sent before the client received the refusal.
        connection.send(EVENT);
        connection.send(new Packet.Disconnect("/slow"));

        assertThat(connection.closed()).isFalse();
        assertThat(connection.packets()).last().isInstanceOf(Packet.ConnectError.class);
        assertThat(reported).containsExactly("connection {n=one}", "disconnect {n=one} client namespace disconnect");
        assertThat(server.of("/slow").sockets()).isEmpty();
    }

    @Test
    void aClientMayLeaveWhileMiddlewareDecides() {
        connect("/slow", "one");
        connection.send(new Packet.Disconnect("/slow"));
        decisions.poll().complete(null);

        assertThat(connection.closed()).isFalse();
        assertThat(connection.packets()).isEmpty();
        assertThat(reported).isEmpty();

        connect("/slow", "two");
        decisions.poll().complete(null);
        assertThat(reported).containsExactly("connection {n=two}");
    }

    @Test
    void aClientThatJoinsAgainMayLeave() {
        connect("/slow", "one");
        decisions.poll().complete(null);
        connect("/slow", "two");
        connection.send(new Packet.Disconnect("/slow"));
        decisions.poll().complete(null);

        assertThat(connection.closed()).isFalse();
        assertThat(reported).containsExactly("connection {n=one}", "disconnect {n=one} client namespace disconnect");
        assertThat(server.of("/slow").sockets()).isEmpty();
    }

    @Test
    void packetsBeforeTheAnswerAreIgnored() {
        connect("/slow", "one");
        connection.send(EVENT);
        connection.send(new Packet.Event(
                "/slow",
                1,
                JsonArray.of(Bytes.utf8("\"hi\""), Bytes.utf8("{\"_placeholder\":true,\"num\":0}")),
                List.of(Bytes.utf8("x"))));
        connection.send(new Packet.Message("/slow", Packet.NO_ACK, Bytes.utf8("1"), List.of()));
        connection.send(new Packet.Ack("/slow", 0, JsonArray.EMPTY, List.of()));
        decisions.poll().complete(null);

        assertThat(connection.closed()).isFalse();
        assertThat(reported).containsExactly("connection {n=one}");
    }

    @Test
    void aSecondConnectDuringALookUpReplacesTheFirst() {
        connect("/late", "one");
        connect("/late", "two");
        connection.send(new Packet.Event("/late", 0, JsonArray.of(Bytes.utf8("\"hi\"")), List.of()));
        lookups.forEach(lookup -> lookup.complete(true));

        assertThat(connection.closed()).isFalse();
        assertThat(connection.packets()).hasSize(1).first().isInstanceOf(Packet.Connect.class);
        assertThat(reported).containsExactly("connection {n=two}");
        assertThat(server.of("/late").sockets()).hasSize(1);
    }

    @Test
    void aClientMayLeaveDuringALookUp() {
        connect("/late", "one");
        connection.send(new Packet.Disconnect("/late"));
        lookups.poll().complete(true);

        assertThat(connection.closed()).isFalse();
        assertThat(connection.packets()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientThatIsKickedMayJoinAgain(boolean crosses) {
        connect("/slow", "one");
        decisions.poll().complete(null);
        server.of("/slow").sockets().values().forEach(Socket::disconnect);
        if (crosses) {
            connection.send(EVENT);
            connection.send(new Packet.Ack("/slow", 0, JsonArray.EMPTY, List.of()));
            connection.send(new Packet.Disconnect("/slow"));
        }
        connect("/slow", "two");
        connect("/slow", "three");
        decisions.forEach(decision -> decision.complete(null));

        assertThat(connection.closed()).isFalse();
        assertThat(reported)
                .containsExactly(
                        "connection {n=one}", "disconnect {n=one} server namespace disconnect", "connection {n=three}");
    }

    @Test
    void replacedAttemptsThatStillRunAreLimited() {
        TestServer narrow =
                TestServer.create(ServerOptions.builder().maxNamespaces(3).build());
        List<CompletableFuture<Void>> running = new ArrayList<>();
        narrow.server().of("/slow").useAsync(socket -> {
            CompletableFuture<Void> decision = new CompletableFuture<>();
            running.add(decision);
            return decision;
        });
        TestConnection many = narrow.opening().open();
        for (int i = 0; i < 100; i++) {
            many.connect("/slow");
        }

        assertThat(running.size()).isLessThanOrEqualTo(4);
    }

    @Test
    void nothingOfReplacedAttemptsStays() {
        for (int i = 0; i < 100; i++) {
            connect("/slow", "one");
            connect("/slow", "two");
            decisions.forEach(decision -> decision.complete(null));
            decisions.clear();
            connection.send(new Packet.Disconnect("/slow"));
        }

        assertThat(connection.closed()).isFalse();
        assertThat(server.of("/slow").sockets()).isEmpty();
        assertThat(reported).hasSize(200);
    }

    private void connect(String namespace, String n) {
        connection.send(new Packet.Connect(namespace, Bytes.utf8("{\"n\":\"" + n + "\"}")));
    }
}
