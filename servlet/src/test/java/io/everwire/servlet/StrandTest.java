package io.everwire.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StrandTest {
    private final StrandTimers timers = new StrandTimers();
    private final Strand strand = new Strand("test-strand-1", timers);
    private final Strand other = new Strand("test-strand-2", timers);

    @AfterEach
    void close() {
        strand.close();
        other.close();
        timers.close();
    }

    @Test
    @DisplayName("a thread with a task takes a free strand and runs the task at once")
    void entersFreeStrand() {
        List<String> events = new ArrayList<>();
        strand.enter(() -> events.add(Thread.currentThread().getName() + " " + strand.inLoop() + other.inLoop()));
        assertThat(events).containsExactly(Thread.currentThread().getName() + " truefalse");
        assertThat(strand.inLoop()).isFalse();
        assertThat(strand.hasThread()).isFalse();
    }

    @Test
    @DisplayName("execute only queues: no task runs inside another one, and the strand's own thread runs it otherwise")
    void executeQueues() throws Exception {
        List<String> events = Collections.synchronizedList(new ArrayList<>());
        strand.enter(() -> {
            strand.execute(() -> events.add("second"));
            strand.enter(() -> events.add("third"));
            assertThat(strand.tryRun(() -> events.add("never"))).isFalse();
            events.add("first");
        });
        awaitEvents(events, "first", "second", "third");
        AtomicReference<String> thread = new AtomicReference<>();
        strand.execute(() -> thread.set(Thread.currentThread().getName() + strand.inLoop()));
        await().untilAtomic(thread, org.hamcrest.Matchers.equalTo("test-strand-1true"));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(60, TimeUnit.SECONDS);
    }

    /** Waits: on a busy machine the first turn may be long, and then a strand's own thread continues. */
    private static void awaitEvents(List<String> events, String... expected) {
        await().untilAsserted(() -> assertThat(events).containsExactly(expected));
    }

    @Test
    @DisplayName("a taken strand is not waited for: the holder runs the task")
    void takenStrand() throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Thread holder = new Thread(() -> strand.enter(() -> {
            taken.countDown();
            awaitLatch(release);
        }));
        holder.start();
        taken.await();
        assertThat(strand.tryRun(() -> {})).isFalse();
        AtomicReference<Thread> ran = new AtomicReference<>();
        strand.enter(() -> ran.set(Thread.currentThread()));
        assertThat(ran).hasValue(null);
        release.countDown();
        holder.join();
        assertThat(ran).hasValue(holder);
    }

    @Test
    @DisplayName("a thread that holds one strand runs the tasks of others after it, and never holds two")
    void oneStrandAtATime() {
        List<String> events = Collections.synchronizedList(new ArrayList<>());
        strand.enter(() -> {
            other.enter(() -> events.add("other " + strand.inLoop() + other.inLoop()));
            other.execute(() -> strand.execute(() -> events.add("back " + strand.inLoop() + other.inLoop())));
            events.add("own");
        });
        awaitEvents(events, "own", "other falsetrue", "back truefalse");
    }

    @Test
    @DisplayName("two strands that queue for each other without end do not keep a container's thread")
    void pingPong() {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger turns = new AtomicInteger();
        strand.enter(() -> bounce(strand, other, stop, turns));
        int before = turns.get();
        await().until(() -> turns.get() > before + 1000);
        stop.set(true);
    }

    private static void bounce(Strand from, Strand to, AtomicBoolean stop, AtomicInteger turns) {
        turns.incrementAndGet();
        if (!stop.get()) {
            to.execute(() -> bounce(to, from, stop, turns));
        }
    }

    @Test
    @DisplayName("a container's thread leaves a busy strand to the strand's own thread")
    void handsOver() {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<Thread> last = new AtomicReference<>();
        strand.enter(() -> again(stop, last));
        assertThat(last).doesNotHaveValue(null);
        await().until(() -> "test-strand-1".equals(last.get().getName()));
        stop.set(true);
    }

    private void again(AtomicBoolean stop, AtomicReference<Thread> last) {
        last.set(Thread.currentThread());
        if (!stop.get()) {
            strand.execute(() -> again(stop, last));
        }
    }

    @Test
    @DisplayName("a task that fails does not end the strand, nor leave it taken")
    void failingTask() {
        strand.enter(() -> {
            throw new IllegalStateException("expected by the test");
        });
        AtomicInteger count = new AtomicInteger();
        strand.enter(count::incrementAndGet);
        assertThat(count).hasValue(1);
    }

    @Test
    @DisplayName("writers are flushed once, before the strand is released")
    void flush() {
        List<String> events = Collections.synchronizedList(new ArrayList<>());
        strand.enter(() -> {
            strand.flushSoon(() -> {
                events.add("flush " + strand.inLoop());
                strand.execute(() -> events.add("after the flush"));
            });
            strand.execute(() -> events.add("queued"));
        });
        awaitEvents(events, "queued", "flush true", "after the flush");
    }

    @Test
    @DisplayName("tasks for the end of a turn run before the flush, and so does one that a flush gives")
    void turnEnds() {
        List<String> events = new ArrayList<>();
        strand.enter(() -> {
            strand.flushSoon(() -> {
                events.add("flush");
                strand.atTurnEnd(() -> events.add("third"));
            });
            strand.atTurnEnd(() -> {
                events.add("first " + strand.inLoop());
                strand.atTurnEnd(() -> events.add("second"));
            });
            strand.execute(() -> events.add("queued"));
        });
        assertThat(events).containsExactly("queued", "first true", "second", "flush", "third");
    }

    @Test
    @DisplayName("a thread that leaves tasks to another one runs the tasks for the end of its turn itself")
    void turnEndsOfBusyStrand() {
        AtomicReference<Thread> ran = new AtomicReference<>();
        CountDownLatch left = new CountDownLatch(1);
        strand.enter(() -> {
            strand.atTurnEnd(() -> ran.set(Thread.currentThread()));
            for (int i = 0; i <= Strand.MANY; i++) {
                strand.execute(() -> {});
            }
            strand.execute(left::countDown);
        });
        assertThat(ran).hasValue(Thread.currentThread());
        awaitLatch(left);
    }

    @Test
    @DisplayName("timers run on the strand, and a cancelled one is forgotten at once")
    void timers() throws Exception {
        Future<?> cancelled = strand.schedule(() -> {}, 60_000);
        assertThat(timers.size()).isEqualTo(1);
        cancelled.cancel(false);
        assertThat(timers.size()).isZero();
        CountDownLatch done = new CountDownLatch(1);
        AtomicBoolean inLoop = new AtomicBoolean();
        strand.schedule(
                () -> {
                    inLoop.set(strand.inLoop());
                    done.countDown();
                },
                5);
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(inLoop).isTrue();
    }

    @Test
    @DisplayName("a closed strand ends its thread, and still runs late tasks and timers")
    void closing() {
        AtomicInteger count = new AtomicInteger();
        strand.execute(count::incrementAndGet);
        await().untilAtomic(count, org.hamcrest.Matchers.equalTo(1));
        strand.close();
        timers.close();
        await().until(() -> !strand.hasThread());
        strand.execute(count::incrementAndGet);
        strand.schedule(count::incrementAndGet, 5);
        await().untilAtomic(count, org.hamcrest.Matchers.equalTo(3));
        await().until(() -> !strand.hasThread());
    }

    @Test
    @DisplayName("a strand with shared threads runs tasks on one of them, and late tasks on a thread that ends")
    void sharedThreads() throws Exception {
        ThreadPoolExecutor helpers = ServletHost.helpers("test-helper", 1);
        Strand shared = new Strand("test-strand-3", timers, helpers);
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        Runnable task = () -> events.add(Thread.currentThread().getName() + " " + shared.inLoop());
        shared.execute(task);
        assertThat(events.poll(30, TimeUnit.SECONDS)).isEqualTo("test-helper true");
        assertThat(shared.hasThread()).isFalse();
        shared.close();
        helpers.shutdown();
        assertThat(helpers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        shared.execute(task);
        shared.schedule(task, 5);
        assertThat(events.poll(30, TimeUnit.SECONDS)).isEqualTo("test-helper true");
        assertThat(events.poll(30, TimeUnit.SECONDS)).isEqualTo("test-helper true");
    }

    @ParameterizedTest(name = "{0} shared threads")
    @ValueSource(ints = {0, 1, 2})
    @DisplayName("under load no two turns run at once, each thread's tasks keep their order, and none is lost")
    void stress(int sharedThreads) throws Exception {
        int threads = 6;
        int rounds = 20_000;
        ThreadPoolExecutor helpers = sharedThreads == 0 ? null : ServletHost.helpers("test-helper", sharedThreads);
        Strand[] strands = helpers == null
                ? new Strand[] {strand, other}
                : new Strand[] {
                    new Strand("test-strand-3", timers, helpers), new Strand("test-strand-4", timers, helpers)
                };
        AtomicInteger[] inside = {new AtomicInteger(), new AtomicInteger()};
        int[][] last = new int[2][threads];
        AtomicInteger wrong = new AtomicInteger();
        CountDownLatch ran = new CountDownLatch(2 * threads * rounds);
        CyclicBarrier begin = new CyclicBarrier(threads);
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            Thread thread = new Thread(() -> {
                awaitBarrier(begin);
                for (int round = 1; round <= rounds; round++) {
                    int at = round;
                    for (int s = 0; s < 2; s++) {
                        int index = s;
                        Runnable task = () -> {
                            if (inside[index].incrementAndGet() != 1
                                    || !strands[index].inLoop()
                                    || strands[1 - index].inLoop()
                                    || last[index][number] != at - 1) {
                                wrong.incrementAndGet();
                            }
                            last[index][number] = at;
                            Thread holder = Thread.currentThread();
                            strands[index].atTurnEnd(() -> {
                                if (Thread.currentThread() != holder || !strands[index].inLoop()) {
                                    wrong.incrementAndGet();
                                }
                                ran.countDown();
                            });
                            inside[index].decrementAndGet();
                        };
                        if (number % 2 == 0) {
                            strands[s].enter(task);
                        } else {
                            strands[s].execute(task);
                        }
                    }
                }
            });
            all.add(thread);
            thread.start();
        }
        for (Thread thread : all) {
            thread.join();
        }
        assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(wrong).hasValue(0);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitBarrier(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
