package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.wire.RecordedHead;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order of the calls of a session, and its event loop. */
class EngineSessionTest extends OpenSession {
    // Calls

    @Test
    void onItsLoopAndAtRestACallRunsAtOnce() {
        loop.inside(() -> {
            session.text(line, Bytes.utf8("a"));
            assertThat(told).containsExactly("text a");
        });
    }

    @Test
    void offItsLoopCallsWaitAndKeepTheirOrder() {
        session.send(encoded("a"));
        session.binary(line, Bytes.utf8("b"));
        session.send(encoded("c"));
        assertThat(told).isEmpty();
        assertThat(loop.waiting()).as("one hand-over for the burst").isOne();

        loop.run();

        assertThat(told).containsExactly("send a", "binary b", "send c");
    }

    @Test
    void packetsOnTheWayToTheEventLoopCountAsQueued() {
        session.send(encoded("abc"));
        session.send(encoded("de"));
        assertThat(session.waiting()).isEqualTo(5 + 2 * Encoded.OVERHEAD);
        assertThat(session.send(
                        encoded("f".repeat(SessionOptions.DEFAULTS.maxQueued() - 5 - 3 * Encoded.OVERHEAD)),
                        Delivery.DROP_ON_OVERFLOW))
                .isNull();
        assertThat(session.send(encoded("g"), Delivery.DROP_ON_OVERFLOW)).isEqualTo(DropCause.QUEUE_FULL);
        List<Integer> seen = new ArrayList<>();
        generation.reaction = call -> seen.add(session.waiting());

        loop.run();

        assertThat(seen).hasSize(3).containsOnly(SessionOptions.DEFAULTS.maxQueued());
        assertThat(session.waiting()).isZero();
        assertThat(client.timesDrained()).isOne();
    }

    private Reservation reservation() {
        return new Reservation(session.engine().budget(), 1);
    }

    @Test
    void aLoopThatIsStuckLetsNoMorePileUpThanMayWaitAndThenTheClientIsClosed() {
        int half = SessionOptions.DEFAULTS.maxQueued() / 2 - Encoded.OVERHEAD;
        assertThat(session.send(encoded("a".repeat(half)), Delivery.RELIABLE)).isNull();
        assertThat(session.send(encoded("b".repeat(half)), Delivery.RELIABLE)).isNull();
        assertThat(session.send(encoded("c"), Delivery.RELIABLE))
                .as("the sender is told")
                .isEqualTo(DropCause.CLIENT_BEHIND);
        assertThat(session.enqueue(encoded("d"), Delivery.RELIABLE, reservation()))
                .isFalse();
        assertThat(session.send(encoded(""), Delivery.RELIABLE)).isEqualTo(DropCause.CLOSING);
        assertThat(session.waiting()).isEqualTo(SessionOptions.DEFAULTS.maxQueued());
        assertThat(loop.waiting()).isOne();

        loop.run();

        assertThat(told).hasSize(4);
        assertThat(told.subList(2, 4)).containsExactly("close: transport error", "client closed: transport error");
    }

    @Test
    void volatilePacketsAreDroppedInFrontOfABlockedEventLoopAndNoClientIsClosed() {
        loop.inside(() -> session.execute(() -> {}));
        String half = "a".repeat(SessionOptions.DEFAULTS.maxQueued() / 2 - Encoded.OVERHEAD);
        assertThat(session.send(encoded(half), Delivery.VOLATILE)).isNull();
        assertThat(session.send(encoded(half), Delivery.VOLATILE)).isNull();
        assertThat(session.send(encoded("c"), Delivery.VOLATILE)).isEqualTo(DropCause.VOLATILE);
        assertThat(session.enqueue(encoded("d"), Delivery.VOLATILE, reservation()))
                .isFalse();

        loop.run();

        assertThat(told).hasSize(2);
        assertThat(session.waiting()).isZero();
        assertThat(session.send(encoded("e"), Delivery.VOLATILE)).isNull();
    }

    @Test
    void aPacketThatFindsTheWayFreeIsTakenHoweverLarge() {
        String large = "a".repeat(SessionOptions.DEFAULTS.maxQueued() + 1);
        assertThat(session.send(encoded(large), Delivery.RELIABLE)).isNull();

        loop.run();

        assertThat(told).hasSize(1);
    }

    @Test
    void onItsLoopACallDoesNotOvertakeWhatWaits() {
        session.send(encoded("a"));

        loop.inside(() -> session.text(line, Bytes.utf8("b")));
        loop.run();

        assertThat(told).containsExactly("send a", "text b");
    }

    @Test
    void callsThatACallCausesComeAfterIt() {
        generation.reaction = call -> {
            if (call.equals("text a")) {
                session.send(encoded("b"));
                session.execute(() -> told.add("task c"));
                told.add("a ends");
            }
        };

        loop.inside(() -> session.text(line, Bytes.utf8("a")));

        assertThat(told).containsExactly("text a", "a ends", "send b", "task c");
    }

    @Test
    void packetsThatACallSendsDoNotOvertakeOneAnother() {
        generation.reaction = call -> {
            if (call.equals("text a")) {
                session.send(encoded("b"));
                session.execute(() -> session.send(encoded("d")));
                session.send(encoded("c"));
                assertThat(session.waiting())
                        .as("none is counted twice, none missed")
                        .isEqualTo(2 + 2 * Encoded.OVERHEAD);
            }
        };

        loop.inside(() -> session.text(line, Bytes.utf8("a")));

        assertThat(told).containsExactly("text a", "send b", "send c", "send d");
        assertThat(session.waiting()).isZero();
    }

    @Test
    void aCallSendsNoMoreThanMayWait() {
        List<DropCause> causes = new ArrayList<>();
        int kilobyte = 1024 - Encoded.OVERHEAD;
        int most = SessionOptions.DEFAULTS.maxQueued() / 1024;
        generation.reaction = call -> {
            if (call.equals("text a")) {
                for (int i = 0; i < most; i++) {
                    session.send(encoded("b".repeat(kilobyte)));
                }
                causes.add(session.send(encoded("c"), Delivery.DROP_ON_OVERFLOW));
                causes.add(session.send(encoded("d"), Delivery.RELIABLE));
                causes.add(session.send(encoded(""), Delivery.RELIABLE));
            }
        };

        loop.inside(() -> session.text(line, Bytes.utf8("a")));

        assertThat(causes).containsExactly(DropCause.QUEUE_FULL, DropCause.CLIENT_BEHIND, DropCause.CLOSING);
        assertThat(told).endsWith("client closed: transport error");
        assertThat(session.waiting()).isZero();
    }

    @Test
    void everyCallReachesTheSession() {
        StubExchange exchange = new StubExchange(RecordedHead.get("/r"), loop);
        loop.inside(() -> {
            session.request(exchange);
            session.body(exchange, Bytes.utf8("x"));
            session.oversized(exchange);
            session.gone(exchange);
            session.lineOpened(line);
            session.binary(line, Bytes.utf8("b"));
            session.lineClosed(line, CloseReason.TRANSPORT_CLOSE);
            session.close(CloseReason.FORCED_CLOSE);
        });

        assertThat(told)
                .containsExactly(
                        "request /r",
                        "body x",
                        "oversized",
                        "gone",
                        "opened line",
                        "binary b",
                        "closed line",
                        "close: forced close",
                        "client closed: forced close");
    }

    // Moving

    @Test
    void itMovesToTheLoopOfItsLineAndKeepsTheOrder() {
        StubLine elsewhere = new StubLine("elsewhere", other, told);
        session.send(encoded("a"));
        other.inside(() -> {
            session.lineOpened(elsewhere);
            session.text(elsewhere, Bytes.utf8("b"));
        });
        session.send(encoded("c"));
        assertThat(told).isEmpty();

        loop.run();
        assertThat(told).containsExactly("send a");
        assertThat(session.loop()).isSameAs(other);

        other.run();
        assertThat(told).containsExactly("send a", "opened elsewhere", "text b", "send c");

        loop.inside(() -> session.send(encoded("d")));
        assertThat(told).doesNotContain("send d");
        other.run();
        assertThat(told).endsWith("send d");
    }

    @Test
    void aSecondLineDoesNotMoveASessionThatHasOne() {
        loop.inside(() -> session.lineOpened(line));
        StubLine intruder = new StubLine("intruder", other, told);

        other.inside(() -> session.lineOpened(intruder));
        loop.run();
        other.run();

        assertThat(session.loop()).isSameAs(loop);
        assertThat(told).containsExactly("opened line", "opened intruder");
    }

    @Test
    void whenALineIsClosedTheSessionMovesToTheOneThatIsLeft() {
        StubLine successor = new StubLine("successor", other, told);
        loop.inside(() -> session.lineOpened(line));
        other.inside(() -> session.lineOpened(successor));
        loop.run();

        loop.inside(() -> session.lineClosed(line, CloseReason.TRANSPORT_CLOSE));
        assertThat(session.loop()).isSameAs(other);

        other.inside(() -> session.text(successor, Bytes.utf8("at once")));
        assertThat(told).endsWith("text at once");
    }

    @Test
    void packetsThatAMovingSessionSentAreWrittenOnItsNewLoop() {
        StubLine successor = new StubLine("successor", other, told);
        loop.inside(() -> session.lineOpened(line));
        other.inside(() -> session.lineOpened(successor));
        loop.run();
        generation.reaction = call -> {
            if (call.equals("closed line")) {
                session.send(encoded("last"));
            }
        };

        loop.inside(() -> session.lineClosed(line, CloseReason.TRANSPORT_CLOSE));
        assertThat(told).endsWith("closed line");

        other.run();
        assertThat(told).endsWith("send last");
    }
}
