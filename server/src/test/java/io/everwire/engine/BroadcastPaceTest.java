package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.wire.RecordedHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** B13: a thread that broadcasts faster than the event loops write is slowed down. */
@Timeout(120)
class BroadcastPaceTest {
    private final OutputBudget budget = new OutputBudget(2_000, new LimitLog(null), null);
    private final Encoded packet = Encoded.text(Bytes.of(new byte[1_200]));

    @Test
    void aBroadcastingThreadWaitsForTheEventLoops() throws Exception {
        assertThat(budget.admit(OutputBudget.share(packet))).isTrue();
        assertThat(budget.crowded(0)).isTrue();

        assertWaitsUntil(() -> budget.arrived(OutputBudget.share(packet)));
    }

    /** Few bytes may be much work for a slow machine: the other clients of the event loop would wait for all of it. */
    @Test
    void aBroadcastingThreadWaitsForAnEventLoopThatIsBehind() throws Exception {
        BroadcastDelay delay = Objects.requireNonNull(budget.measure(2, 1_000));
        assertThat(budget.measure(2, 1_050)).as("one at a time").isNull();
        assertThat(budget.crowded(1_100)).isFalse();
        assertThat(budget.crowded(1_101)).isTrue();
        delay.sent();
        assertThat(budget.crowded(1_101)).as("the other event loop").isTrue();

        assertWaitsUntil(delay::sent);

        assertThat(budget.crowded(1_101)).isFalse();
        assertThat(budget.measure(2, 1_101)).isNotNull();
    }

    @Test
    void aBroadcastThatIsLostWithItsEventLoopSlowsNobodyDown() {
        budget.measure(1, 0);
        assertThat(budget.crowded(30_000)).isTrue();
        assertThat(budget.crowded(30_001)).isFalse();
        assertThat(budget.measure(1, 30_001)).isNotNull();
    }

    /** A broadcast to two event loops is a delay until both have sent it. */
    @Test
    void aBroadcastIsMeasured() {
        long[] now = {0};
        StubGeneration generation = new StubGeneration("stub", new ArrayList<>());
        Engine engine = new Engine(
                new EngineOptions("/socket.io", SessionOptions.DEFAULTS, Origins.SAME, 100, null),
                List.of(generation),
                (opened, head) -> new IgnoringClient(),
                () -> now[0]);
        List<ManualEventLoop> loops = List.of(new ManualEventLoop(), new ManualEventLoop());
        List<EngineSession> sessions = new ArrayList<>();
        for (ManualEventLoop loop : loops) {
            StubExchange exchange = new StubExchange(RecordedHead.webSocket("/socket.io/stub"), loop);
            loop.inside(() -> engine.serve(exchange));
            loop.run();
            sessions.add(Objects.requireNonNull(exchange.upgradedTo));
        }

        Fanout.send(
                new Packet.Event("/", Packet.NO_ACK, JsonArray.of(Bytes.utf8("\"e\"")), List.of()),
                sessions,
                Delivery.RELIABLE,
                false);
        now[0] = 101;
        assertThat(engine.budget().crowded(101)).isTrue();
        loops.get(0).run();
        assertThat(engine.budget().crowded(101)).isTrue();
        loops.get(1).run();

        assertThat(engine.budget().crowded(101)).isFalse();
    }

    private void assertWaitsUntil(Runnable end) throws InterruptedException {
        Thread thread = new Thread(budget::pace);
        thread.start();
        // On a slow machine the pause of a second may be over before it is seen.
        while (thread.getState() != Thread.State.TIMED_WAITING && thread.isAlive()) {
            Thread.onSpinWait();
        }

        end.run();

        thread.join(TimeUnit.SECONDS.toMillis(60));
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void itDoesNotWaitWhileTheWayIsFree() {
        budget.pace();
        assertThat(budget.admit(OutputBudget.share(packet))).isTrue();
        budget.arrived(OutputBudget.share(packet));
        budget.pace();
        assertThat(budget.crowded(0)).isFalse();
    }
}
