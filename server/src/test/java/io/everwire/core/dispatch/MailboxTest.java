package io.everwire.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    private final Mailbox mailbox = new Mailbox(new BatchingExecutor(threads::add, true, false), null);

    @Test
    void aBurstBorrowsOneThreadAndRunsInOrder() {
        mailbox.execute(() -> told.add("a"));
        mailbox.execute(() -> told.add("b"));
        assertThat(threads).hasSize(1);

        threads.remove().run();

        assertThat(told).containsExactly("a", "b");
        mailbox.execute(() -> told.add("c"));
        assertThat(threads).hasSize(1);
    }

    @Test
    void whatATaskAddsRunsAfterItOnTheSameThread() {
        mailbox.execute(() -> {
            mailbox.execute(() -> told.add("b"));
            told.add("a");
        });

        threads.remove().run();

        assertThat(told).containsExactly("a", "b");
        assertThat(threads).isEmpty();
    }

    @Test
    void whatIsAddedWaitsUntilItIsStarted() {
        assertThat(mailbox.add(() -> told.add("first"))).isTrue();
        mailbox.execute(() -> told.add("second"));
        assertThat(threads).isEmpty();

        mailbox.start();
        threads.remove().run();

        assertThat(told).containsExactly("first", "second");
    }

    @Test
    void whatIsShortRunsAtOnceIfNothingWaits() {
        mailbox.executeHere(() -> {
            mailbox.execute(() -> told.add("second"));
            told.add("first");
        });
        assertThat(told).containsExactly("first");
        mailbox.executeHere(() -> told.add("third"));
        assertThat(told).containsExactly("first");

        assertThat(threads).hasSize(1);
        threads.remove().run();

        assertThat(told).containsExactly("first", "second", "third");
    }

    @Test
    void aTaskThatFailsDoesNotStopTheNext() {
        for (Throwable failure : List.of(new IllegalStateException("ours"), new StackOverflowError("ours"))) {
            mailbox.execute(() -> sneaky(failure));
            mailbox.execute(() -> told.add("next"));

            threads.remove().run();
        }

        assertThat(told).containsExactly("next", "next");
    }

    @Test
    void withoutThreadsTheCallerRunsIt() {
        BatchingExecutor executor = new BatchingExecutor(
                task -> {
                    throw new RejectedExecutionException("shut down");
                },
                true,
                false);
        Mailbox homeless = new Mailbox(executor, null);

        homeless.execute(() -> told.add("a"));
        homeless.execute(() -> told.add("b"));

        assertThat(told).containsExactly("a", "b");
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
