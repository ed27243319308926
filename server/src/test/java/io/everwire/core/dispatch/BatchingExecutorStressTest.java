package io.everwire.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.engine.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Event loops that borrow threads: a thread holds one loop after the other, and another thread runs what it leaves. */
class BatchingExecutorStressTest {
    private static final int LOOPS = 4;
    private static final int THREADS = 2;
    private static final int TURNS = 200_000;

    private final List<Borrowed> loops = new ArrayList<>();
    private final AtomicInteger ran = new AtomicInteger();
    private final AtomicInteger given = new AtomicInteger();
    private final BatchingExecutor handovers = new BatchingExecutor(Runnable::run, true, false);

    @Test
    void noTaskIsLost() throws Exception {
        for (int i = 0; i < LOOPS; i++) {
            loops.add(new Borrowed());
        }
        AtomicBoolean stop = new AtomicBoolean();
        Thread helper = new Thread(() -> {
            while (!stop.get()) {
                loops.forEach(loop -> loop.hold(loop::runTasks));
            }
        });
        helper.start();
        List<Thread> visitors = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int first = i;
            Thread visitor = new Thread(() -> {
                for (int turn = 0; turn < TURNS; turn++) {
                    Borrowed loop = loops.get((first + turn) % LOOPS);
                    loop.hold(() -> {
                        given.incrementAndGet();
                        handovers.execute(ran::incrementAndGet, loop);
                    });
                }
            });
            visitors.add(visitor);
            visitor.start();
        }
        for (Thread visitor : visitors) {
            visitor.join();
        }
        stop.set(true);
        helper.join();
        loops.forEach(loop -> loop.hold(loop::runTasks));

        assertThat(ran).hasValue(given.get());
    }

    /** An event loop whose holders leave the queued tasks to another thread. */
    private static final class Borrowed implements EventLoop {
        private final AtomicReference<Thread> holder = new AtomicReference<>();
        private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        private final List<Runnable> ends = new ArrayList<>();

        /** Does nothing if another thread holds it. */
        void hold(Runnable turn) {
            if (holder.compareAndSet(null, Thread.currentThread())) {
                turn.run();
                ends.forEach(Runnable::run);
                ends.clear();
                holder.set(null);
            }
        }

        void runTasks() {
            for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
                next.run();
            }
        }

        @Override
        public boolean inLoop() {
            return holder.get() == Thread.currentThread();
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public void atTurnEnd(Runnable task) {
            ends.add(task);
        }

        @Override
        public Future<?> schedule(Runnable task, long delayMillis) {
            return CompletableFuture.failedFuture(new UnsupportedOperationException());
        }
    }
}
