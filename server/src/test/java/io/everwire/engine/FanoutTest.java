package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Packet;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.wire.RecordedHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FanoutTest {
    private static final Packet PACKET = new Packet.Disconnect("/");

    private final List<String> told = new ArrayList<>();
    private final StubGeneration one = new StubGeneration("one", told);
    private final StubGeneration two = new StubGeneration("two", told);
    private final ManualEventLoop loop = new ManualEventLoop();
    private final ManualEventLoop other = new ManualEventLoop();
    private final Engine engine = new Engine(
            new EngineOptions("/socket.io", SessionOptions.DEFAULTS, Origins.SAME, 100, null),
            List.of(one, two),
            (session, head) -> new IgnoringClient(),
            () -> 0);

    @Test
    void eachGenerationIsWrittenOnceHoweverTheReceiversAreMixed() {
        List<EngineSession> receivers =
                List.of(open(one, loop), open(two, loop), open(one, other), open(two, other), open(one, loop));

        Fanout.send(PACKET, receivers, Delivery.RELIABLE, true);
        loop.run();
        other.run();

        assertThat(one.written).isOne();
        assertThat(two.written).isOne();
        assertThat(told).containsExactlyInAnyOrder("send one", "send one", "send one", "send two", "send two");
    }

    @Test
    void eachLoopIsHandedOneTask() {
        List<EngineSession> receivers = List.of(open(one, loop), open(one, other), open(two, loop), open(two, other));

        Fanout.send(PACKET, receivers, Delivery.RELIABLE, true);

        assertThat(loop.waiting()).isOne();
        assertThat(other.waiting()).isOne();
    }

    @Test
    void onTheLoopItIsSentAtOnce() {
        List<EngineSession> receivers = List.of(open(one, loop), open(one, other));

        loop.inside(() -> Fanout.send(PACKET, receivers, Delivery.RELIABLE, true));

        assertThat(told).containsExactly("send one");
        assertThat(loop.waiting()).isZero();
        other.run();
        assertThat(told).containsExactly("send one", "send one");
    }

    @Test
    void aBroadcastWithoutReceiversCostsNothing() {
        Fanout.send(PACKET, List.of(), Delivery.RELIABLE, true);

        assertThat(one.written + two.written).isZero();
    }

    @Test
    void aSlotThatIsAtWorkAlreadyIsNotHandedOverAgain() {
        EngineSession session = open(one, loop);
        session.close(CloseReason.FORCED_CLOSE);

        Fanout.send(PACKET, List.of(session), Delivery.RELIABLE, true);

        assertThat(loop.waiting()).isOne();
        loop.run();
        assertThat(told).containsExactly("close: forced close", "send one");
    }

    @Test
    void aSlotThatMovesAwayMeanwhileIsServedOnItsNewLoop() {
        EngineSession session = open(one, loop);
        StubLine line = new StubLine("line", other, told);
        other.inside(() -> session.lineOpened(line));

        Fanout.send(PACKET, List.of(session), Delivery.RELIABLE, true);
        loop.run();
        assertThat(told).isEmpty();
        other.run();

        assertThat(told).containsExactly("opened line", "send one");
    }

    @Test
    void aPacketThatCannotBeWrittenForSomebodyStopsNoSession() {
        EngineSession fine = open(one, loop);
        two.reaction = call -> {
            throw new IllegalStateException("cannot be written");
        };

        assertThatThrownBy(() -> Fanout.send(PACKET, List.of(fine, open(two, loop)), Delivery.RELIABLE, true))
                .hasMessage("cannot be written");

        loop.run();
        assertThat(told).containsExactly("send one");
        loop.inside(() -> fine.close(CloseReason.FORCED_CLOSE));
        assertThat(told).endsWith("close: forced close");
    }

    @Test
    void aPacketThatCannotBeWrittenForSomebodyLeavesNoQueuedPacketBehind() {
        EngineSession fine = open(one, loop);
        two.reaction = call -> {
            throw new IllegalStateException("cannot be written");
        };

        assertThatThrownBy(() -> Fanout.enqueue(PACKET, List.of(fine, open(two, loop)), Delivery.RELIABLE, true))
                .hasMessage("cannot be written");

        loop.run();
        assertThat(told).containsExactly("send one");
        loop.inside(() -> fine.close(CloseReason.FORCED_CLOSE));
        assertThat(told).endsWith("close: forced close");
    }

    private EngineSession open(StubGeneration generation, ManualEventLoop on) {
        StubExchange exchange = new StubExchange(RecordedHead.webSocket("/socket.io/" + generation.name()), on);
        on.inside(() -> engine.serve(exchange));
        return Objects.requireNonNull(exchange.upgradedTo);
    }
}
