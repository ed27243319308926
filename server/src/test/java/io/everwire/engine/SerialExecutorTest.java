package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.engine.SerialExecutor.Link;
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

@Timeout(60)
class SerialExecutorTest {
    private final SerialExecutor chain = new SerialExecutor() {};

    private static final class Numbered extends Link {
        final int thread;
        final int number;

        Numbered(int thread, int number) {
            this.thread = thread;
            this.number = number;
        }
    }

    @Test
    void atRestItIsTakenOnce() {
        assertThat(chain.takeIfAtRest()).isTrue();
        assertThat(chain.takeIfAtRest()).isFalse();
        assertThat(chain.rest()).isTrue();
        assertThat(chain.takeIfAtRest()).isTrue();
    }

    @Test
    void onlyTheFirstLinkOfARestingChainNeedsSomebodyToWork() {
        assertThat(chain.add(link(1))).isTrue();
        assertThat(chain.add(link(2))).isFalse();
        assertThat(chain.takeIfAtRest()).isFalse();
    }

    @Test
    void whoHasTakenItNeedsNobodyToWork() {
        chain.takeIfAtRest();

        assertThat(chain.add(link(1))).isFalse();
        assertThat(chain.rest()).isFalse();
        assertThat(numbers(chain.take())).containsExactly(1);
        assertThat(chain.rest()).isTrue();
    }

    @Test
    void linksAreTakenOldestFirst() {
        for (int i = 1; i <= 5; i++) {
            chain.add(link(i));
        }

        assertThat(numbers(chain.take())).containsExactly(1, 2, 3, 4, 5);
        assertThat(chain.take()).isNull();
        assertThat(chain.rest()).isTrue();
    }

    @Test
    void whatIsAddedMeanwhileIsTakenNextTime() {
        chain.add(link(1));
        Link first = chain.take();
        assertThat(chain.add(link(2))).isFalse();
        assertThat(numbers(first)).containsExactly(1);

        assertThat(chain.rest()).isFalse();
        assertThat(numbers(chain.take())).containsExactly(2);
    }

    @Test
    void manyThreadsAddAndOneAtATimeWorksOffEverythingInTheOrderOfEach() throws InterruptedException {
        int threads = 6;
        int each = 100_000;
        int[] next = new int[threads]; // not safe for threads: the chain has to be
        AtomicInteger mistakes = new AtomicInteger();
        AtomicInteger inside = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(threads * each);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        for (int t = 0; t < threads; t++) {
            int thread = t;
            pool.execute(() -> {
                for (int n = 0; n < each; n++) {
                    if (!chain.add(new Numbered(thread, n))) {
                        continue;
                    }
                    mistakes.addAndGet(inside.getAndIncrement());
                    do {
                        for (Link link = chain.take(); link != null; link = link.next()) {
                            Numbered numbered = (Numbered) link;
                            if (next[numbered.thread]++ != numbered.number) {
                                mistakes.incrementAndGet();
                            }
                            done.countDown();
                        }
                        // Before it rests: the next one may begin at once.
                        inside.decrementAndGet();
                    } while (!rested(inside));
                }
            });
        }
        pool.shutdown();

        assertThat(done.await(30, TimeUnit.SECONDS)).as("all done").isTrue();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(mistakes).hasValue(0);
        assertThat(next).containsOnly(each);
        assertThat(chain.takeIfAtRest()).as("at rest in the end").isTrue();
    }

    private boolean rested(AtomicInteger inside) {
        boolean rested = chain.rest();
        if (!rested) {
            inside.incrementAndGet();
        }
        return rested;
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
