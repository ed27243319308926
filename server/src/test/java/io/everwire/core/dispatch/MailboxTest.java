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
    private final List<String> reported = new ArrayList<>();
    private final Mailbox mailbox = new Mailbox(new BatchingExecutor(threads::add, true, false), null);

    @Test
    void aBurstBorrowsOneThreadAndRunsInOrder() {
        mailbox.execute(() -> reported.add("a"));
        mailbox.execute(() -> reported.add("b"));
        assertThat(threads).hasSize(1);

        threads.remove().run();

        assertThat(reported).containsExactly("a", "b");
        mailbox.execute(() -> reported.add("c"));
        assertThat(threads).hasSize(1);
    }

    @Test
    void whatATaskAddsRunsAfterItOnTheSameThread() {
        mailbox.execute(() -> {
            mailbox.execute(() -> reported.add("b"));
            reported.add("a");
        });

        threads.remove().run();

        assertThat(reported).containsExactly("a", "b");
        assertThat(threads).isEmpty();
    }

    @Test
    void whatIsAddedWaitsUntilItIsStarted() {
        assertThat(mailbox.add(() -> reported.add("first"))).isTrue();
        mailbox.execute(() -> reported.add("second"));
        assertThat(threads).isEmpty();

        mailbox.start();
        threads.remove().run();

        assertThat(reported).containsExactly("first", "second");
    }

    @Test
    void whatIsShortRunsAtOnceIfNothingWaits() {
        mailbox.executeHere(() -> {
            mailbox.execute(() -> reported.add("second"));
            reported.add("first");
        });
        assertThat(reported).containsExactly("first");
        mailbox.executeHere(() -> reported.add("third"));
        assertThat(reported).containsExactly("first");

        assertThat(threads).hasSize(1);
        threads.remove().run();

        assertThat(reported).containsExactly("first", "second", "third");
    }

    @Test
    void aTaskThatFailsDoesNotStopTheNext() {
        for (Throwable failure : List.of(new IllegalStateException("ours"), new StackOverflowError("ours"))) {
            mailbox.execute(() -> sneaky(failure));
            mailbox.execute(() -> reported.add("next"));

            threads.remove().run();
        }

        assertThat(reported).containsExactly("next", "next");
    }

    @Test
    void withoutThreadsTheCallerRunsIt() {
        BatchingExecutor executor = new BatchingExecutor(
                task -> {
                    throw new RejectedExecutionException("shut down");
                },
                true,
                false);
        Mailbox withoutThreads = new Mailbox(executor, null);

        withoutThreads.execute(() -> reported.add("a"));
        withoutThreads.execute(() -> reported.add("b"));

        assertThat(reported).containsExactly("a", "b");
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
