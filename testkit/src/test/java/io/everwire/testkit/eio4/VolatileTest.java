package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.DropReason;
import io.everwire.EmitResult;
import io.everwire.Overflow;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.testkit.TestExchange;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Packets for a client that does not read, or does not poll, and the results that the application receives. */
class VolatileTest {
    private static final String POLL = "/socket.io/?EIO=4&transport=polling";
    private static final String LINE = "/socket.io/?EIO=4&transport=websocket";
    private static final String KILOBYTE = "x".repeat(1_000);

    private final TestServer test =
            TestServer.create(ServerOptions.builder().maxQueuedBytes(5_000).build());
    private final SocketIoServer server = test.server();
    private final List<String> reported = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();

    VolatileTest() {
        server.onConnection(sockets::add);
        server.onDisconnect((socket, reason) -> reported.add(reason.toString()));
    }

    /** As recorded with the reference (socket.io 4.8): the next poll receives only packets that are not volatile. */
    @Test
    void withoutAPendingPollWhatIsVolatileIsDroppedNotQueued() {
        String sid = poll();

        assertThat(socket().asVolatile().emit("v1")).isEqualTo(EmitResult.dropped(DropReason.VOLATILE));
        assertThat(socket().emit("n")).isEqualTo(EmitResult.ACCEPTED);
        assertThat(socket().asVolatile().send("v2")).isEqualTo(EmitResult.dropped(DropReason.VOLATILE));
        server.asVolatile().emit("v3");

        assertThat(get(sid).response().body()).hasToString("42[\"n\"]");
    }

    /**
     * As recorded with the reference (socket.io 4.8): the first packet is sent and ends the poll, so the others are
     * dropped.
     */
    @Test
    void aPendingPollTakesOneAndNoMore() {
        String sid = poll();
        TestExchange pending = get(sid);

        assertThat(socket().asVolatile().emit("v1")).isEqualTo(EmitResult.ACCEPTED);
        socket().asVolatile().emit("v2");
        socket().emit("n");
        server.to(socket().id()).asVolatile().emit("v3");

        assertThat(pending.response().body()).hasToString("42[\"v1\"]");
        assertThat(get(sid).response().body()).hasToString("42[\"n\"]");
    }

    @Test
    void aWebSocketTakesWhatIsVolatileWhileItsClientReads() {
        TestWebSocket line = line();

        assertThat(socket().asVolatile().emit("v1")).isEqualTo(EmitResult.ACCEPTED);
        line.writable(false);
        assertThat(socket().asVolatile().emit("v2")).isEqualTo(EmitResult.dropped(DropReason.VOLATILE));
        server.asVolatile().emit("v3");
        socket().emit("n");
        line.writable(true);
        server.asVolatile().emit("v4");

        assertThat(line.received()).endsWith("42[\"v1\"]", "42[\"n\"]", "42[\"v4\"]");
    }

    @Test
    void whatIsDroppedIsNotHeardOfAsSent() {
        poll();
        socket().onAnyOutgoing((socket, event, arguments) -> reported.add(event));

        socket().asVolatile().emit("v");

        assertThat(reported).isEmpty();
    }

    @Test
    void pressureIsWhatWaitsAndDrainIsToldWhenItIsTaken() {
        String sid = poll();
        socket().onDrain(() -> reported.add("drain"));
        assertThat(socket().pressure()).isZero();

        socket().emit("a", KILOBYTE);
        socket().emit("b", KILOBYTE);
        assertThat(socket().pressure()).isBetween(2_000, 2_300);
        assertThat(reported).isEmpty();

        get(sid);
        assertThat(socket().pressure()).isZero();
        assertThat(reported).containsExactly("drain");
    }

    @Test
    void aClientThatReadsOnIsDrained() {
        TestWebSocket line = line();
        socket().onDrain(() -> reported.add("drain"));
        line.writable(false);
        socket().emit("a", KILOBYTE);
        assertThat(socket().pressure()).isBetween(1_000, 1_200);

        line.writable(true);

        assertThat(socket().pressure()).isZero();
        assertThat(reported).containsExactly("drain");
    }

    @Test
    void overflowClosesTheClientUnlessTheNamespaceDrops() {
        line().writable(false);

        for (int i = 0; i < 10; i++) {
            socket().emit("e", KILOBYTE);
        }

        assertThat(reported).containsExactly("transport error");
    }

    @Test
    void whatOthersEmitWhileTheLoopIsBehindIsBoundedAsWell() {
        TestWebSocket line = line();
        List<EmitResult> outcomes = new ArrayList<>();

        test.time().atOnce(() -> {
            for (int i = 0; i < 1_000; i++) {
                outcomes.add(socket().emit("e", i, KILOBYTE));
                server.emit("all", KILOBYTE);
            }
            assertThat(socket().pressure()).isBetween(4_000, 5_000);
        });

        assertThat(outcomes.subList(0, 2)).containsOnly(EmitResult.ACCEPTED);
        assertThat(outcomes.subList(2, 1_000)).allMatch(EmitResult::dropped);
        assertThat(outcomes.get(999).dropReason()).isEqualTo(DropReason.CLOSING);
        assertThat(line.received()).hasSize(2 + 4);
        assertThat(reported).as("as soon as the event loop runs").containsExactly("transport error");
    }

    @Test
    void aNamespaceThatDropsKeepsItsClients() {
        server.of("/").overflow(Overflow.DROP);
        TestWebSocket line = line();
        line.writable(false);
        List<EmitResult> outcomes = new ArrayList<>();

        for (int i = 0; i < 10; i++) {
            outcomes.add(socket().emit("e", KILOBYTE));
            server.emit("e", KILOBYTE);
        }

        assertThat(outcomes)
                .startsWith(EmitResult.ACCEPTED, EmitResult.ACCEPTED)
                .endsWith(EmitResult.dropped(DropReason.QUEUE_FULL));
        assertThat(socket().pressure()).isBetween(4_000, 5_000);
        assertThat(reported).isEmpty();
        line.writable(true);
        assertThat(socket().emit("e")).isEqualTo(EmitResult.ACCEPTED);
    }

    @Test
    void aClientThatDoesNotReadCostsTheOthersNothing() {
        server.of("/").overflow(Overflow.DROP);
        line().writable(false);
        TestWebSocket other = line();
        int before = other.received().size();

        for (int i = 0; i < 10; i++) {
            server.emit("e", KILOBYTE);
        }

        assertThat(other.received()).hasSize(before + 10);
    }

    private Socket socket() {
        return sockets.get(0);
    }

    private TestWebSocket line() {
        return test.webSocket(LINE).send("40");
    }

    /** Returns the session id of a polling client that has joined and has no pending poll. */
    private String poll() {
        String open = test.request("GET", POLL).send().response().body().toString();
        String sid = open.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
        test.request("POST", POLL + "&sid=" + sid).body("40").send();
        get(sid);
        return sid;
    }

    private TestExchange get(String sid) {
        return test.request("GET", POLL + "&sid=" + sid).send();
    }
}
