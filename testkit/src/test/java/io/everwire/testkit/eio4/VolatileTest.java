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

/** What a client takes that does not read, or does not poll, and what the application hears of it. */
class VolatileTest {
    private static final String POLL = "/socket.io/?EIO=4&transport=polling";
    private static final String LINE = "/socket.io/?EIO=4&transport=websocket";
    private static final String KILOBYTE = "x".repeat(1_000);

    private final TestServer test =
            TestServer.create(ServerOptions.builder().maxQueuedBytes(5_000).build());
    private final SocketIoServer server = test.server();
    private final List<String> told = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();

    VolatileTest() {
        server.onConnection(sockets::add);
        server.onDisconnect((socket, reason) -> told.add(reason.toString()));
    }

    /** As recorded of the reference (socket.io 4.8): only what is not volatile comes with the next poll. */
    @Test
    void withoutAPendingPollWhatIsVolatileIsDroppedNotQueued() {
        String sid = poll();

        assertThat(socket().asVolatile().emit("v1")).isEqualTo(EmitResult.dropped(DropReason.VOLATILE));
        assertThat(socket().emit("n")).isEqualTo(EmitResult.ACCEPTED);
        assertThat(socket().asVolatile().send("v2")).isEqualTo(EmitResult.dropped(DropReason.VOLATILE));
        server.asVolatile().emit("v3");

        assertThat(get(sid).response().body()).hasToString("42[\"n\"]");
    }

    /** As recorded of the reference (socket.io 4.8): the first goes, the poll is over, the others are too late. */
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
        socket().onAnyOutgoing((socket, event, arguments) -> told.add(event));

        socket().asVolatile().emit("v");

        assertThat(told).isEmpty();
    }

    @Test
    void pressureIsWhatWaitsAndDrainIsToldWhenItIsTaken() {
        String sid = poll();
        socket().onDrain(() -> told.add("drain"));
        assertThat(socket().pressure()).isZero();

        socket().emit("a", KILOBYTE);
        socket().emit("b", KILOBYTE);
        assertThat(socket().pressure()).isBetween(2_000, 2_100);
        assertThat(told).isEmpty();

        get(sid);
        assertThat(socket().pressure()).isZero();
        assertThat(told).containsExactly("drain");
    }

    @Test
    void aClientThatReadsOnIsDrained() {
        TestWebSocket line = line();
        socket().onDrain(() -> told.add("drain"));
        line.writable(false);
        socket().emit("a", KILOBYTE);
        assertThat(socket().pressure()).isBetween(1_000, 1_100);

        line.writable(true);

        assertThat(socket().pressure()).isZero();
        assertThat(told).containsExactly("drain");
    }

    @Test
    void overflowClosesTheClientUnlessTheNamespaceDrops() {
        line().writable(false);

        for (int i = 0; i < 10; i++) {
            socket().emit("e", KILOBYTE);
        }

        assertThat(told).containsExactly("transport error");
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
        assertThat(told).as("as soon as the loop runs").containsExactly("transport error");
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
        assertThat(told).isEmpty();
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

    /** A polling client that has joined and has no poll pending; returns its session's id. */
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
