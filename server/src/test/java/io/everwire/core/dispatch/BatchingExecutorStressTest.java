package io.everwire.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Event loops that borrow threads: a thread holds one loop after the other, and another thread runs what it leaves. */
class BatchingExecutorStressTest {
    private static final int LOOPS = 4;
    private static final int THREADS = 2;
    private static final int TURNS = 200_000;

    private final List<BorrowedLoop> loops = new ArrayList<>();
    private final AtomicInteger ran = new AtomicInteger();
    private final AtomicInteger given = new AtomicInteger();
    private final BatchingExecutor handovers = new BatchingExecutor(Runnable::run, true, false);

    @Test
    void noTaskIsLost() throws Exception {
        for (int i = 0; i < LOOPS; i++) {
            loops.add(new BorrowedLoop());
        }
        AtomicBoolean stop = new AtomicBoolean();
        Thread helper = new Thread(() -> {
            while (!stop.get()) {
                loops.forEach(loop -> visit(loop, loop::runTasks));
            }
        });
        helper.start();
        List<Thread> visitors = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int first = i;
            Thread visitor = new Thread(() -> {
                for (int turn = 0; turn < TURNS; turn++) {
                    BorrowedLoop loop = loops.get((first + turn) % LOOPS);
                    visit(loop, () -> {
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
        loops.forEach(loop -> visit(loop, loop::runTasks));

        assertThat(ran).hasValue(given.get());
    }

    /** Does nothing if another thread holds the event loop. */
    private static void visit(BorrowedLoop loop, Runnable turn) {
        if (loop.take()) {
            turn.run();
            loop.release();
        }
    }
}
