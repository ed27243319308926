package io.everwire.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CoarseTimersTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final CoarseTimers timers = new CoarseTimers(channel.eventLoop());
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void stopTheClock() {
        channel.freezeTime();
    }

    private void pass(long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void goOffInOrderNeverEarlyAndHardlyLate() {
        timers.schedule(() -> told.add("b"), 2_000);
        timers.schedule(() -> told.add("a"), 1_000);
        pass(999);
        assertThat(told).isEmpty();
        pass(1 + CoarseTimers.GRAIN);
        assertThat(told).containsExactly("a");
        pass(1_000);
        assertThat(told).containsExactly("a", "b");
        assertThat(timers.size()).isZero();
    }

    @Test
    void thoseOfOneMomentGoOffTogether() {
        for (int i = 0; i < 100; i++) {
            timers.schedule(() -> told.add("x"), 25_000);
        }
        assertThat(timers.size()).isEqualTo(1);
        pass(25_000 + CoarseTimers.GRAIN);
        assertThat(told).hasSize(100);
    }

    @Test
    void cancelledTimersAreRemovedAtOnce() {
        Future<?> first = timers.schedule(() -> told.add("a"), 25_000);
        Future<?> second = timers.schedule(() -> told.add("b"), 25_000);
        assertThat(first.cancel(false)).isTrue();
        assertThat(first.cancel(false)).isFalse();
        assertThat(timers.size()).isEqualTo(1);
        assertThat(second.cancel(false)).isTrue();
        assertThat(timers.size()).isZero();
        pass(30_000);
        assertThat(told).isEmpty();
    }

    @Test
    void mayBeCancelledByAnother() {
        List<Future<?>> second = new ArrayList<>();
        timers.schedule(() -> second.get(0).cancel(false), 25_000);
        second.add(timers.schedule(() -> told.add("b"), 25_000));
        timers.schedule(() -> told.add("c"), 25_000);
        pass(25_000 + CoarseTimers.GRAIN);
        assertThat(told).containsExactly("c");
        assertThat(second.get(0).isDone()).isTrue();
    }

    @Test
    void mayBeCancelledOnAnotherThread() {
        Future<?> timer = timers.schedule(() -> told.add("a"), 25_000);
        assertThat(CompletableFuture.supplyAsync(() -> timer.cancel(false)).join())
                .isTrue();
        channel.runPendingTasks();
        assertThat(timers.size()).isZero();
        pass(30_000);
        assertThat(told).isEmpty();
    }

    @Test
    void oneThatFailsHoldsUpNoOther() {
        timers.schedule(
                () -> {
                    throw new IllegalStateException("thrown by a task");
                },
                25_000);
        timers.schedule(() -> told.add("b"), 25_000);
        pass(25_000 + CoarseTimers.GRAIN);
        assertThat(told).containsExactly("b");
    }

    @Test
    void cannotBeWaitedFor() {
        Future<?> timer = timers.schedule(() -> told.add("a"), 25_000);
        assertThatThrownBy(timer::get).isInstanceOf(UnsupportedOperationException.class);
    }
}
