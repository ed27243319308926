package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.engine.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class VirtualTimeTest {
    private final VirtualTime time = new VirtualTime();
    private final EventLoop loop = time.newLoop();
    private final List<String> told = new ArrayList<>();

    @Test
    void aTaskAndAllThatItCausesAreDoneWhenExecuteReturns() {
        loop.execute(() -> {
            loop.execute(() -> told.add("second"));
            told.add("first");
        });

        assertThat(told).containsExactly("first", "second");
    }

    @Test
    void eachLoopKnowsOnlyItsOwnTasks() {
        EventLoop other = time.newLoop();

        loop.execute(() -> told.add(loop.inLoop() + " " + other.inLoop()));
        other.execute(() -> told.add(loop.inLoop() + " " + other.inLoop()));
        time.atOnce(() -> told.add(loop.inLoop() + " " + other.inLoop()));

        assertThat(told).containsExactly("true false", "false true", "false false");
        assertThat(loop.inLoop()).isFalse();
    }

    @Test
    void timersRunAtTheirTimeInOrder() {
        long start = time.now();
        loop.schedule(() -> told.add("late " + (time.now() - start)), 20);
        loop.schedule(() -> told.add("soon " + (time.now() - start)), 10);
        loop.schedule(() -> told.add("also " + (time.now() - start)), 20);

        time.advance(Duration.ofMillis(19));
        assertThat(told).containsExactly("soon 10");

        time.advance(Duration.ofMillis(1));
        assertThat(told).containsExactly("soon 10", "late 20", "also 20");
    }

    @Test
    void aTimerMadeOnTheWayRunsOnTheWay() {
        long start = time.now();
        loop.schedule(() -> loop.schedule(() -> told.add("at " + (time.now() - start)), 5), 10);

        time.advance(Duration.ofMillis(100));

        assertThat(told).containsExactly("at 15");
        assertThat(time.now() - start).isEqualTo(100);
    }

    @Test
    void aCancelledTimerIsForgotten() {
        Future<?> timer = loop.schedule(() -> told.add("no"), 10);
        assertThat(time.timers()).isOne();

        timer.cancel(false);
        time.advance(Duration.ofMillis(10));

        assertThat(told).isEmpty();
        assertThat(time.timers()).isZero();
    }

    @Test
    void whatIsDoneAtOnceHasNothingInBetween() {
        time.atOnce(() -> {
            loop.execute(() -> told.add("caused"));
            told.add("one");
            told.add("two");
        });

        assertThat(told).containsExactly("one", "two", "caused");
    }

    @Test
    void aFailureReachesTheTestAndTheRestIsDoneAllTheSame() {
        assertThatThrownBy(() -> time.atOnce(() -> {
                    loop.execute(() -> {
                        throw new IllegalStateException("broken");
                    });
                    loop.execute(() -> told.add("done"));
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");

        assertThat(told).containsExactly("done");
        loop.execute(() -> told.add("goes on"));
        assertThat(told).containsExactly("done", "goes on");
    }

    @Test
    void timeNeverGoesBack() {
        assertThatThrownBy(() -> time.advance(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-0.001S");
    }

    @Test
    void manyThreadsGiveTasksAndOneAtATimeRuns() throws InterruptedException {
        int threads = 8;
        int each = 5_000;
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        CountDownLatch run = new CountDownLatch(threads * each);
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> {
                for (int n = 0; n < each; n++) {
                    loop.execute(() -> {
                        overlaps.addAndGet(inside.getAndIncrement());
                        inside.decrementAndGet();
                        run.countDown();
                    });
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        assertThat(run.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(overlaps).hasValue(0);
    }
}
