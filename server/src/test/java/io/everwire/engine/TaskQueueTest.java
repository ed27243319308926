package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.engine.TaskQueue.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TaskQueueTest {
    private final TaskQueue queue = new TaskQueue() {};

    private static final class Numbered extends Link {
        final int thread;
        final int number;

        Numbered(int thread, int number) {
            this.thread = thread;
            this.number = number;
        }
    }

    @Test
    void anIdleQueueIsTakenOnce() {
        assertThat(queue.takeIfIdle()).isTrue();
        assertThat(queue.takeIfIdle()).isFalse();
        assertThat(queue.release()).isTrue();
        assertThat(queue.takeIfIdle()).isTrue();
    }

    @Test
    void onlyTheFirstTaskOfAnIdleQueueNeedsAThread() {
        assertThat(queue.add(link(1))).isTrue();
        assertThat(queue.add(link(2))).isFalse();
        assertThat(queue.takeIfIdle()).isFalse();
    }

    @Test
    void aTakenQueueNeedsNoOtherThread() {
        queue.takeIfIdle();

        assertThat(queue.add(link(1))).isFalse();
        assertThat(queue.release()).isFalse();
        assertThat(numbers(queue.take())).containsExactly(1);
        assertThat(queue.release()).isTrue();
    }

    @Test
    void tasksAreTakenOldestFirst() {
        for (int i = 1; i <= 5; i++) {
            queue.add(link(i));
        }

        assertThat(numbers(queue.take())).containsExactly(1, 2, 3, 4, 5);
        assertThat(queue.take()).isNull();
        assertThat(queue.release()).isTrue();
    }

    @Test
    void aTaskAddedMeanwhileIsTakenNextTime() {
        queue.add(link(1));
        Link first = queue.take();
        assertThat(queue.add(link(2))).isFalse();
        assertThat(numbers(first)).containsExactly(1);

        assertThat(queue.release()).isFalse();
        assertThat(numbers(queue.take())).containsExactly(2);
    }

    @Test
    void manyThreadsAddAndOneAtATimeRunsAllTasksInTheOrderOfEachThread() throws InterruptedException {
        int threads = 6;
        int each = 100_000;
        int[] next = new int[threads]; // not thread-safe: the queue has to be
        AtomicInteger mistakes = new AtomicInteger();
        AtomicInteger inside = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(threads * each);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        for (int t = 0; t < threads; t++) {
            int thread = t;
            pool.execute(() -> {
                for (int n = 0; n < each; n++) {
                    if (!queue.add(new Numbered(thread, n))) {
                        continue;
                    }
                    mistakes.addAndGet(inside.getAndIncrement());
                    do {
                        for (Link link = queue.take(); link != null; link = link.next()) {
                            Numbered numbered = (Numbered) link;
                            if (next[numbered.thread]++ != numbered.number) {
                                mistakes.incrementAndGet();
                            }
                            done.countDown();
                        }
                        // Before it is released: the next thread may begin at once.
                        inside.decrementAndGet();
                    } while (!released(inside));
                }
            });
        }
        pool.shutdown();

        assertThat(done.await(60, TimeUnit.SECONDS)).as("all done").isTrue();
        assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(mistakes).hasValue(0);
        assertThat(next).containsOnly(each);
        assertThat(queue.takeIfIdle()).as("idle in the end").isTrue();
    }

    private boolean released(AtomicInteger inside) {
        boolean released = queue.release();
        if (!released) {
            inside.incrementAndGet();
        }
        return released;
    }

    private static Link link(int number) {
        return new Numbered(0, number);
    }

    private static List<Integer> numbers(@Nullable Link from) {
        List<Integer> numbers = new ArrayList<>();
        for (Link link = from; link != null; link = link.next()) {
            numbers.add(((Numbered) link).number);
        }
        return numbers;
    }
}
