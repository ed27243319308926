package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class CoarseTimersTest {
    private final ManualTime time = new ManualTime();
    private final CoarseTimers timers = new CoarseTimers(time);
    private final List<String> told = new ArrayList<>();

    private void pass(long millis) {
        time.pass(millis);
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
        time.pass(0);
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

    @Test
    void cancellingAfterTheEndOfTheLoopForgetsTheTask() {
        Future<?> timer = timers.schedule(() -> told.add("a"), 25_000);
        time.shutDown = true;
        assertThat(CompletableFuture.supplyAsync(() -> timer.cancel(false)).join())
                .isTrue();
        assertThat(timer.isDone()).isTrue();
    }

    /** The loop of the test's thread, with a clock that the test moves. */
    private static final class ManualTime implements CoarseTimers.Loop {
        private final Thread thread = Thread.currentThread();
        private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        private final List<Wake> wakes = new ArrayList<>();
        private long now = 17;
        boolean shutDown;

        private record Wake(long due, Runnable task, CompletableFuture<Void> future) {}

        void pass(long millis) {
            now += millis;
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
            List<Wake> due = new ArrayList<>(wakes.stream()
                    .filter(wake -> wake.due <= now && !wake.future.isDone())
                    .sorted(Comparator.comparingLong(Wake::due))
                    .toList());
            wakes.removeAll(due);
            due.forEach(wake -> wake.task.run());
        }

        @Override
        public long now() {
            return now;
        }

        @Override
        public boolean inLoop() {
            return Thread.currentThread() == thread;
        }

        @Override
        public void execute(Runnable task) {
            if (shutDown) {
                throw new RejectedExecutionException("shut down");
            }
            tasks.add(task);
        }

        @Override
        public Future<?> wakeAfter(Runnable task, long delayMillis) {
            Wake wake = new Wake(now + delayMillis, task, new CompletableFuture<>());
            wakes.add(wake);
            return wake.future;
        }
    }
}
