package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Packet;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.wire.RecordedHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Packets are dropped for six causes, and an observer is notified about each of them. */
class DropCauseTest {
    private static final int MAX = 20_000;
    private static final int MAX_TOTAL = 100_000;

    private final List<String> told = new ArrayList<>();
    private final List<String> observed = new ArrayList<>();
    private final StubGeneration generation = new StubGeneration("stub", told);
    private final ManualEventLoop loop = new ManualEventLoop();
    private final Engine engine = new Engine(
            new EngineOptions(
                    "/socket.io",
                    new SessionOptions(
                            Set.of(), Set.of(), true, 1_000_000, MAX, 10, 64, 25_000, 20_000, 10_000, Map.of()),
                    Origins.SAME,
                    100,
                    List.of(),
                    Compression.NONE,
                    true,
                    Map.of(),
                    TrustedProxies.NONE,
                    new MemoryLimits(MAX_TOTAL, Long.MAX_VALUE, Long.MAX_VALUE),
                    Integer.MAX_VALUE,
                    0),
            List.of(generation),
            (opened, head) -> new IgnoringClient(),
            () -> 0,
            RequestInterceptor.NONE,
            new Recorder());
    private final EngineSession session = open();

    private EngineSession open() {
        StubExchange exchange = new StubExchange(RecordedHead.webSocket("/socket.io/stub"), loop);
        loop.inside(() -> engine.serve(exchange));
        observed.clear();
        return Objects.requireNonNull(exchange.upgradedTo);
    }

    @Test
    void aVolatilePacketIsDroppedIfTheClientCannotTakeData() {
        generation.writable = false;

        loop.inside(() -> assertThat(session.send(bytes(1), Delivery.VOLATILE)).isEqualTo(DropCause.VOLATILE));

        assertThat(session.send(bytes(1), Delivery.VOLATILE)).isEqualTo(DropCause.VOLATILE);
        assertThat(told).isEmpty();
        assertThat(observed).containsExactly("dropped VOLATILE", "dropped VOLATILE");
    }

    @Test
    void aPacketThatMayBeDroppedIsDroppedIfTheQueueIsFull() {
        generation.queued = MAX - 10 - Encoded.OVERHEAD;

        loop.inside(() -> {
            assertThat(session.send(bytes(10), Delivery.DROP_ON_OVERFLOW)).isNull();
            assertThat(session.send(bytes(11), Delivery.DROP_ON_OVERFLOW)).isEqualTo(DropCause.QUEUE_FULL);
        });

        assertThat(session.send(bytes(11), Delivery.DROP_ON_OVERFLOW)).isEqualTo(DropCause.QUEUE_FULL);
        assertThat(told).hasSize(1);
        assertThat(observed).contains("dropped QUEUE_FULL").doesNotContain("closed");
    }

    @Test
    void aPacketThatMayBeDroppedIsDroppedIfThreeQuartersOfTheTotalAreQueuedAndTheClientCannotTakeData() {
        fillTotal(open(), 80_000);

        loop.inside(() -> {
            assertThat(session.send(bytes(1), Delivery.DROP_ON_OVERFLOW)).isNull();
            generation.writable = false;
            assertThat(session.send(bytes(1), Delivery.DROP_ON_OVERFLOW)).isEqualTo(DropCause.SERVER_QUEUE_NEARLY_FULL);
        });

        assertThat(observed).contains("dropped SERVER_QUEUE_NEARLY_FULL");
        assertThat(engine.size()).isEqualTo(2);
    }

    @Test
    void aClientWhoseEventLoopIsBehindIsClosedAndItsPacketDropped() {
        assertThat(session.send(bytes(MAX), Delivery.RELIABLE)).isNull();
        assertThat(session.send(bytes(1), Delivery.RELIABLE)).isEqualTo(DropCause.CLIENT_BEHIND);

        loop.run();

        assertThat(told).endsWith("close: transport error");
        assertThat(observed).containsExactly("dropped CLIENT_BEHIND", "closed stub transport error");
    }

    @Test
    void aClientIsClosedAndItsPacketDroppedIfTheTotalIsOnTheWayToTheEventLoops() {
        for (int i = 0; i < 4; i++) {
            assertThat(open().send(bytes(MAX), Delivery.RELIABLE)).isNull();
        }
        assertThat(open().send(bytes(MAX - 1_000), Delivery.RELIABLE)).isNull();
        assertThat(session.send(bytes(1_024), Delivery.DROP_ON_OVERFLOW)).isEqualTo(DropCause.SERVER_QUEUE_NEARLY_FULL);
        assertThat(session.send(bytes(100), Delivery.RELIABLE)).isNull();
        assertThat(session.send(bytes(1_024), Delivery.RELIABLE)).isEqualTo(DropCause.SERVER_QUEUE_FULL);

        loop.run();

        assertThat(observed)
                .containsExactly(
                        "dropped SERVER_QUEUE_NEARLY_FULL", "dropped SERVER_QUEUE_FULL", "closed stub transport error");
        assertThat(engine.size()).isEqualTo(5);
    }

    @Test
    void aPacketForAClientThatIsBeingClosedIsDropped() {
        session.send(bytes(MAX), Delivery.RELIABLE);
        session.send(bytes(1), Delivery.RELIABLE);

        for (Delivery delivery : List.of(Delivery.RELIABLE, Delivery.DROP_ON_OVERFLOW, Delivery.VOLATILE)) {
            assertThat(session.send(bytes(1), delivery)).isEqualTo(DropCause.CLOSING);
        }

        assertThat(observed)
                .containsExactly("dropped CLIENT_BEHIND", "dropped CLOSING", "dropped CLOSING", "dropped CLOSING");
    }

    /** B13: packets on the way to a busy event loop made evicted clients use more memory until they were closed. */
    @Test
    void anEvictedClientIsNotSentThePacketsOnTheWay() {
        for (int i = 0; i < 3; i++) {
            assertThat(session.send(bytes(100), Delivery.RELIABLE)).isNull();
        }

        session.evict();
        loop.run();

        assertThat(told).containsExactly("close: transport error");
        assertThat(observed)
                .containsExactly(
                        "dropped CLOSING", "dropped CLOSING", "dropped CLOSING", "closed stub transport error");
    }

    @Test
    void aVolatilePacketThatWasAcceptedMayBeDroppedInItsTurn() {
        loop.inside(() -> session.execute(() -> {}));
        assertThat(session.send(bytes(1), Delivery.VOLATILE)).isNull();
        generation.writable = false;
        assertThat(observed).isEmpty();

        loop.run();

        assertThat(told).isEmpty();
        assertThat(observed).containsExactly("dropped VOLATILE");
    }

    @Test
    void dropsOfBroadcastsAreObservedForEachReceiver() {
        List<EngineSession> receivers = List.of(session, open(), open());
        generation.writable = false;
        Packet packet = new Packet.Disconnect("/");

        Fanout.send(packet, receivers, Delivery.VOLATILE, true);
        assertThat(observed).isEmpty();
        loop.run();
        loop.inside(() -> Fanout.send(packet, receivers, Delivery.VOLATILE, true));

        assertThat(observed).hasSize(6).containsOnly("dropped VOLATILE");
    }

    @Test
    void theSlowestClientIsEvictedIfTheTotalIsReached() {
        EngineSession other = open();
        fillTotal(session, 60_000);
        generation.queued = 50_000;

        loop.inside(() -> other.execute(() -> {}));

        assertThat(observed)
                .containsExactly(
                        "queued 60000",
                        "queued 50000",
                        "evicted 60000",
                        "closed stub transport error",
                        "queued -10000"); // the stub reports the same number for both
        assertThat(session.send(bytes(1), Delivery.RELIABLE)).isEqualTo(DropCause.CLOSING);
        assertThat(other.send(bytes(1), Delivery.RELIABLE)).isNull();
    }

    @Test
    void sessionsAndRejectedRequestsAreObserved() {
        StubExchange refused = new StubExchange(RecordedHead.get("/socket.io/stub!"), loop);
        StubExchange accepted = new StubExchange(RecordedHead.get("/socket.io/stub"), loop);
        loop.inside(() -> {
            engine.serve(refused);
            engine.serve(accepted);
            Objects.requireNonNull(accepted.session).close(CloseReason.FORCED_CLOSE);
        });

        assertThat(observed).containsExactly("refused stub BAD_REQUEST", "opened stub", "closed stub forced close");
    }

    @Test
    void aCauseNamesItsOptionAndWhetherTheClientIsClosed() {
        assertThat(DropCause.VOLATILE.option()).isNull();
        assertThat(DropCause.QUEUE_FULL.option()).isEqualTo("maxQueuedBytes");
        assertThat(DropCause.SERVER_QUEUE_FULL.option()).isEqualTo("maxQueuedBytesTotal");
        assertThat(DropCause.values())
                .filteredOn(DropCause::closesClient)
                .containsExactly(DropCause.CLIENT_BEHIND, DropCause.SERVER_QUEUE_FULL, DropCause.CLOSING);
    }

    private void fillTotal(EngineSession filled, int bytes) {
        generation.queued = bytes;
        loop.inside(() -> filled.execute(() -> {}));
        generation.queued = 0;
        assertThat(engine.budget().held()).isEqualTo(bytes);
    }

    private static Encoded bytes(int size) {
        return Encoded.text(Bytes.utf8("a".repeat(size)));
    }

    private final class Recorder implements EngineObserver {
        @Override
        public void opened(String generation) {
            observed.add("opened " + generation);
        }

        @Override
        public void closed(String generation, CloseReason reason) {
            observed.add("closed " + generation + " " + reason);
        }

        @Override
        public void dropped(DropCause cause) {
            observed.add("dropped " + cause);
        }

        @Override
        public void evicted(long queuedBytes) {
            observed.add("evicted " + queuedBytes);
        }

        @Override
        public void queued(long delta) {
            observed.add("queued " + delta);
        }

        @Override
        public void refused(String generation, Refusal refusal) {
            observed.add("refused " + generation + " " + refusal);
        }
    }
}
