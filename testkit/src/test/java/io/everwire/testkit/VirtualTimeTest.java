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

@Timeout(120)
class VirtualTimeTest {
    private final VirtualTime time = new VirtualTime();
    private final EventLoop loop = time.newLoop();
    private final List<String> reported = new ArrayList<>();

    @Test
    void aTaskAndAllThatItCausesAreDoneWhenExecuteReturns() {
        loop.execute(() -> {
            loop.execute(() -> reported.add("second"));
            reported.add("first");
        });

        assertThat(reported).containsExactly("first", "second");
    }

    @Test
    void eachLoopKnowsOnlyItsOwnTasks() {
        EventLoop other = time.newLoop();

        loop.execute(() -> reported.add(loop.inLoop() + " " + other.inLoop()));
        other.execute(() -> reported.add(loop.inLoop() + " " + other.inLoop()));
        time.atOnce(() -> reported.add(loop.inLoop() + " " + other.inLoop()));

        assertThat(reported).containsExactly("true false", "false true", "false false");
        assertThat(loop.inLoop()).isFalse();
    }

    @Test
    void timersRunAtTheirTimeInOrder() {
        long start = time.now();
        loop.schedule(() -> reported.add("late " + (time.now() - start)), 20);
        loop.schedule(() -> reported.add("soon " + (time.now() - start)), 10);
        loop.schedule(() -> reported.add("also " + (time.now() - start)), 20);

        time.advance(Duration.ofMillis(19));
        assertThat(reported).containsExactly("soon 10");

        time.advance(Duration.ofMillis(1));
        assertThat(reported).containsExactly("soon 10", "late 20", "also 20");
    }

    @Test
    void aTimerMadeOnTheWayRunsOnTheWay() {
        long start = time.now();
        loop.schedule(() -> loop.schedule(() -> reported.add("at " + (time.now() - start)), 5), 10);

        time.advance(Duration.ofMillis(100));

        assertThat(reported).containsExactly("at 15");
        assertThat(time.now() - start).isEqualTo(100);
    }

    @Test
    void aCancelledTimerIsForgotten() {
        Future<?> timer = loop.schedule(() -> reported.add("no"), 10);
        assertThat(time.timers()).isOne();

        timer.cancel(false);
        time.advance(Duration.ofMillis(10));

        assertThat(reported).isEmpty();
        assertThat(time.timers()).isZero();
    }

    @Test
    void whatIsDoneAtOnceHasNothingInBetween() {
        time.atOnce(() -> {
            loop.execute(() -> reported.add("caused"));
            reported.add("one");
            reported.add("two");
        });

        assertThat(reported).containsExactly("one", "two", "caused");
    }

    @Test
    void aFailureReachesTheTestAndTheRestIsDoneAllTheSame() {
        assertThatThrownBy(() -> time.atOnce(() -> {
                    loop.execute(() -> {
                        throw new IllegalStateException("broken");
                    });
                    loop.execute(() -> reported.add("done"));
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");

        assertThat(reported).containsExactly("done");
        loop.execute(() -> reported.add("goes on"));
        assertThat(reported).containsExactly("done", "goes on");
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

        assertThat(run.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(overlaps).hasValue(0);
    }
}
