package io.everwire.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads for handlers that may block: virtual threads, or a pool that grows. */
@Timeout(120)
class HandlerExecutorsTest {
    private final CountDownLatch gate = new CountDownLatch(1);
    private ExecutorService threads = HandlerExecutors.create();

    @AfterEach
    void stop() {
        gate.countDown();
        threads.shutdown();
    }

    @Test
    void whateverNumberWaitsTheNextOneRuns() throws Exception {
        aStrangerRunsWhile(500);
    }

    @Test
    void thePoolOfOlderJdksGrowsToo() throws Exception {
        threads.shutdown();
        threads = HandlerExecutors.pool();

        aStrangerRunsWhile(500);
    }

    @Test
    void thePoolHasABoundBeyondWhichTasksWaitButAreNotLost() throws Exception {
        threads.shutdown();
        threads = HandlerExecutors.pool();
        int more = GrowingThreadPool.MAX + 100;
        CountDownLatch ran = new CountDownLatch(more);
        for (int i = 0; i < more; i++) {
            threads.execute(() -> {
                await();
                ran.countDown();
            });
        }

        gate.countDown();

        assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
    }

    /** Tried again: on a busy machine it can happen that no thread of the pool runs for a moment, and then it grows. */
    @Test
    void thePoolDoesNotGrowWhileItsThreadsGetOn() throws Exception {
        int smallest = Integer.MAX_VALUE;
        for (int i = 0; i < 10 && smallest > GrowingThreadPool.CORE; i++) {
            smallest = Math.min(smallest, largestSizeFor(20_000));
        }

        assertThat(smallest).isLessThanOrEqualTo(GrowingThreadPool.CORE);
    }

    private int largestSizeFor(int tasks) throws InterruptedException {
        GrowingThreadPool pool = new GrowingThreadPool();
        threads.shutdown();
        threads = pool;
        CountDownLatch ran = new CountDownLatch(tasks);
        for (int i = 0; i < tasks; i++) {
            threads.execute(ran::countDown);
        }
        assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
        return pool.getLargestPoolSize();
    }

    private void aStrangerRunsWhile(int waiting) throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(waiting);
        for (int i = 0; i < waiting; i++) {
            threads.execute(() -> {
                inside.countDown();
                await();
            });
        }
        assertThat(inside.await(60, TimeUnit.SECONDS)).isTrue();
        CountDownLatch stranger = new CountDownLatch(1);

        threads.execute(stranger::countDown);

        assertThat(stranger.await(60, TimeUnit.SECONDS)).isTrue();
    }

    private void await() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
