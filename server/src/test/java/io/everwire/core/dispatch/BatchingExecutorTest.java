package io.everwire.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchingExecutorTest {
    private final BorrowedLoop loop = new BorrowedLoop();
    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final List<String> reported = new ArrayList<>();
    private final BatchingExecutor handovers = new BatchingExecutor(threads::add, true, false);

    @BeforeEach
    void beginTurn() {
        loop.take();
    }

    @Test
    void whatBecomesDueInOneTurnWakesOneThread() {
        handovers.execute(() -> reported.add("a"), loop);
        handovers.execute(() -> reported.add("b"), loop);
        assertThat(threads).isEmpty();

        endTurn();
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
        endTurn();

        // Each first task blocks until the thread that was started for the other tasks has run.
        threads.remove().run();
        assertThat(reported).containsExactly("b", "d");
    }

    @Test
    void threadsThatAreLookedAfterAreGivenEachTask() {
        BatchingExecutor pooled = new BatchingExecutor(threads::add, true, true);
        pooled.execute(() -> reported.add("a"), loop);
        pooled.execute(() -> reported.add("b"), loop);
        endTurn();

        threads.remove().run();
        assertThat(threads).hasSize(2);
        threads.forEach(Runnable::run);
        assertThat(reported).containsExactly("a", "b");
    }

    @Test
    void eachTurnHandsOverItsOwn() {
        handovers.execute(() -> reported.add("a"), loop);
        endTurn();
        handovers.execute(() -> reported.add("b"), loop);
        endTurn();

        threads.forEach(Runnable::run);

        assertThat(reported).containsExactly("a", "b");
    }

    @Test
    void aThreadThatLeavesTheLoopToAnotherHandsOverBefore() {
        BorrowedLoop second = new BorrowedLoop();
        loop.execute(() -> reported.add("of another thread"));
        handovers.execute(() -> reported.add("a"), loop);
        loop.release();
        second.take();
        handovers.execute(() -> reported.add("b"), second);
        second.release();

        threads.forEach(Runnable::run);

        assertThat(reported).containsExactly("a", "b");
    }

    @Test
    void manyDoNotWaitForTheEndOfTheTurn() {
        for (int i = 0; i < 65; i++) {
            handovers.execute(() -> reported.add("x"), loop);
        }
        assertThat(threads).hasSize(1);

        endTurn();
        for (Runnable next = threads.poll(); next != null; next = threads.poll()) {
            next.run();
        }
        assertThat(reported).hasSize(65);
    }

    @Test
    void whatComesFromElsewhereIsHandedOverAtOnce() {
        loop.release();
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
        endTurn();
        assertThat(reported).containsExactlyInAnyOrder("a", "b");

        loop.release();
        assertThatThrownBy(() -> withoutThreads.execute(() -> reported.add("c"), loop))
                .isInstanceOf(RejectedExecutionException.class);
    }

    /** Ends a turn that has run all its tasks, and begins the next one. */
    private void endTurn() {
        loop.runTasks();
        loop.release();
        loop.take();
    }
}
