package io.everwire.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.engine.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class BatchingExecutorTest {
    private final Turns loop = new Turns();
    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final List<String> reported = new ArrayList<>();
    private final BatchingExecutor handovers = new BatchingExecutor(threads::add, true, false);

    @Test
    void whatBecomesDueInOneTurnWakesOneThread() {
        handovers.execute(() -> reported.add("a"), loop);
        handovers.execute(() -> reported.add("b"), loop);
        assertThat(threads).isEmpty();

        loop.end();
        assertThat(threads).hasSize(1);

        threads.remove().run();
        assertThat(reported).containsExactly("a", "b");
        threads.forEach(Runnable::run);
        assertThat(reported)
                .as("a thread that starts when all tasks have begun does nothing")
                .containsExactly("a", "b");
    }

    @Test
    void whoHasToWaitHoldsUpNoOther() {
        handovers.execute(() -> threads.removeLast().run(), loop);
        handovers.execute(() -> reported.add("b"), loop);
        handovers.execute(() -> threads.removeLast().run(), loop);
        handovers.execute(() -> reported.add("d"), loop);
        loop.end();

        // Each first task blocks until the thread that was started for the other tasks has run.
        threads.remove().run();
        assertThat(reported).containsExactly("b", "d");
    }

    @Test
    void threadsThatAreLookedAfterAreGivenEachTask() {
        BatchingExecutor pooled = new BatchingExecutor(threads::add, true, true);
        pooled.execute(() -> reported.add("a"), loop);
        pooled.execute(() -> reported.add("b"), loop);
        loop.end();

        threads.remove().run();
        assertThat(threads).hasSize(2);
        threads.forEach(Runnable::run);
        assertThat(reported).containsExactly("a", "b");
    }

    @Test
    void eachTurnHandsOverItsOwn() {
        handovers.execute(() -> reported.add("a"), loop);
        loop.end();
        handovers.execute(() -> reported.add("b"), loop);
        loop.end();

        threads.forEach(Runnable::run);

        assertThat(reported).containsExactly("a", "b");
    }

    @Test
    void aThreadThatLeavesTheLoopToAnotherHandsOverBefore() {
        Turns second = new Turns();
        loop.execute(() -> reported.add("of another thread"));
        handovers.execute(() -> reported.add("a"), loop);
        loop.leave();
        handovers.execute(() -> reported.add("b"), second);
        second.leave();

        threads.forEach(Runnable::run);

        assertThat(reported).containsExactly("a", "b");
    }

    @Test
    void manyDoNotWaitForTheEndOfTheTurn() {
        for (int i = 0; i < 65; i++) {
            handovers.execute(() -> reported.add("x"), loop);
        }
        assertThat(threads).hasSize(1);

        loop.end();
        for (Runnable next = threads.poll(); next != null; next = threads.poll()) {
            next.run();
        }
        assertThat(reported).hasSize(65);
    }

    @Test
    void whatComesFromElsewhereIsHandedOverAtOnce() {
        loop.inLoop = false;
        handovers.execute(() -> reported.add("a"), loop);
        assertThat(threads).hasSize(1);
    }

    @Test
    void withoutThreadsTheLoopRunsIt() {
        BatchingExecutor withoutThreads = new BatchingExecutor(
                task -> {
                    throw new RejectedExecutionException("shut down");
                },
                true,
                false);
        withoutThreads.execute(() -> reported.add("a"), loop);
        withoutThreads.execute(() -> reported.add("b"), loop);
        loop.end();
        assertThat(reported).containsExactlyInAnyOrder("a", "b");

        loop.inLoop = false;
        assertThatThrownBy(() -> withoutThreads.execute(() -> reported.add("c"), loop))
                .isInstanceOf(RejectedExecutionException.class);
    }

    /** An event loop whose turns end when the test ends them. */
    private static final class Turns implements EventLoop {
        private final Deque<Runnable> tasks = new ArrayDeque<>();
        private final Deque<Runnable> ends = new ArrayDeque<>();
        private boolean inLoop = true;

        @Override
        public boolean inLoop() {
            return inLoop;
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

        /** Runs all tasks. */
        void end() {
            for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
                next.run();
            }
            leave();
        }

        /** Leaves the tasks to another thread. */
        void leave() {
            for (Runnable next = ends.poll(); next != null; next = ends.poll()) {
                next.run();
            }
        }
    }
}
