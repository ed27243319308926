package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.testkit.TestExchange;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Closing a server: clients are notified and receive their queued packets, but the server does not wait forever. */
class ClosingTest {
    private static final String OPEN = "/socket.io/?EIO=4&transport=polling";
    private static final String LINE = "/socket.io/?EIO=4&transport=websocket";

    private final TestServer test = TestServer.create();
    private final List<String> reported = new ArrayList<>();

    @Test
    void aPendingPollIsAnsweredWithAClosePacket() {
        String sid = join(test);
        TestExchange poll = poll(sid);

        assertThat(test.server().closeAsync()).isCompleted();

        assertThat(poll.response().text()).isEqualTo("1");
        assertThat(test.server().engine().clientsCount()).isZero();
    }

    @Test
    void aWebSocketIsSentWhatWasEmittedAndThenClosed() {
        TestWebSocket line = test.webSocket(LINE).send("40");
        test.server().emit("last", "words");

        assertThat(test.server().closeAsync()).isCompleted();

        assertThat(line.received()).last().isEqualTo("42[\"last\",\"words\"]");
        assertThat(line.closeCode()).hasValue(1005);
    }

    @Test
    void socketsAreToldThatTheServerShutsDownWithTheirRoomsStillThere() {
        test.server().onConnection(socket -> {
            socket.join("room");
            socket.onDisconnecting(
                    reason -> reported.add(reason + " in " + socket.rooms().size()));
            socket.onDisconnect(reason -> reported.add(reason + ", left"));
        });
        test.webSocket(LINE).send("40");

        test.close();

        assertThat(reported).containsExactly("server shutting down in 2", "server shutting down, left");
    }

    @Test
    void whatWaitsForAPollIsHandedOverFirst() {
        String sid = join(test);
        test.server().onDisconnect((socket, reason) -> reported.add(reason.toString()));
        test.server().emit("last", "words");

        CompletableFuture<Void> closed = test.server().closeAsync();
        assertThat(closed).isNotDone();
        assertThat(reported).containsExactly("server shutting down");
        TestExchange poll = poll(sid);

        assertThat(poll.response().text()).isEqualTo("42[\"last\",\"words\"]");
        assertThat(closed).isCompleted();
        assertThat(poll(sid).response().text()).contains("Session ID unknown");
    }

    /**
     * Its polling is paused, and it receives nothing until the upgrade ends. If it were closed now, it would notice
     * only when its ping is missing.
     */
    @Test
    void whoIsOnTheWayToAWebSocketMayArrive() {
        String sid = join(test);
        TestWebSocket line = test.webSocket(LINE + "&sid=" + sid).send("2probe");
        test.server().emit("last", "words");

        CompletableFuture<Void> closed = test.server().closeAsync();
        assertThat(closed).isNotDone();
        line.send("5");

        assertThat(line.received()).containsExactly("3probe", "42[\"last\",\"words\"]");
        assertThat(line.closeCode()).hasValue(1005);
        assertThat(closed).isCompleted();
    }

    @Test
    void whoIsOnTheWayToAWebSocketMayArriveAlsoIfNothingWaits() {
        String sid = join(test);
        TestWebSocket line = test.webSocket(LINE + "&sid=" + sid).send("2probe");

        CompletableFuture<Void> closed = test.server().closeAsync();
        assertThat(closed).isNotDone();
        line.send("5");

        assertThat(line.closeCode()).hasValue(1005);
        assertThat(closed).isCompleted();
    }

    @Test
    void whoIsOnTheWayToAWebSocketMayArriveAlsoIfALastPollTookWhatWaited() {
        String sid = join(test);
        TestWebSocket line = test.webSocket(LINE + "&sid=" + sid).send("2probe");
        test.server().emit("last", "words");

        CompletableFuture<Void> closed = test.server().closeAsync();
        assertThat(poll(sid).response().text()).isEqualTo("42[\"last\",\"words\"]");
        assertThat(closed).isNotDone();
        line.send("5");

        assertThat(line.closeCode()).hasValue(1005);
        assertThat(closed).isCompleted();
    }

    @Test
    void whoDoesNotComeForItIsNotWaitedForForEver() {
        TestServer hasty = TestServer.create(
                ServerOptions.builder().closeTimeout(Duration.ofMillis(1)).build());
        join(hasty);
        hasty.server().emit("last", "words");

        CompletableFuture<Void> closed = hasty.server().closeAsync();

        assertThat(closed.orTimeout(60, TimeUnit.SECONDS)).succeedsWithin(Duration.ofSeconds(20));
        hasty.advance(Duration.ZERO);
        assertThat(hasty.server().engine().clientsCount()).isZero();
    }

    @Test
    void nobodyJoinsAServerThatCloses() {
        String sid = join(test);
        test.server().emit("last", "words");
        test.server().onConnection(socket -> reported.add("joined"));
        test.server().closeAsync();

        test.request("POST", OPEN + "&sid=" + sid).body("40").send();
        test.request("POST", OPEN + "&sid=" + sid).body("40/other,").send();

        assertThat(reported).isEmpty();
        assertThat(test.request("GET", OPEN).send().response().status()).isEqualTo(503);
        assertThat(test.webSocket(LINE).refused()).isTrue();
    }

    private static String join(TestServer test) {
        String opened = test.request("GET", OPEN).send().response().text();
        String sid = opened.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
        test.request("POST", OPEN + "&sid=" + sid).body("40").send();
        test.request("GET", OPEN + "&sid=" + sid).send();
        return sid;
    }

    private TestExchange poll(String sid) {
        return test.request("GET", OPEN + "&sid=" + sid).send();
    }
}
