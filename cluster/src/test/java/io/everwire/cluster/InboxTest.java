package io.everwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.adapter.ClusterContext;
import io.everwire.adapter.ClusterState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The queue of incoming messages, on a thread that runs when the test lets it. */
final class InboxTest {
    private static final int MAX_BYTES = 10_000;
    private static final int LENGTH = 1_000 - 64;

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Integer> handled = new ArrayList<>();
    private final List<RuntimeException> failures = new ArrayList<>();
    private int dropped;
    private final Inbox inbox = new Inbox(new OwnContext(), MAX_BYTES, lost -> dropped += lost, failures::add);

    private void add(int message, int length) {
        inbox.add(() -> handled.add(message), length);
    }

    private void run() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Test
    void messagesAreHandledInOrderOneTaskAtATime() {
        assertThat(inbox.isIdle()).isTrue();
        for (int i = 0; i < 9; i++) {
            add(i, LENGTH);
        }
        assertThat(tasks).hasSize(1);
        assertThat(inbox.isIdle()).isFalse();
        run();

        assertThat(handled).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(inbox.isIdle()).isTrue();
        assertThat(dropped).isZero();
    }

    @Test
    void theOldestMessagesAreDroppedBeyondTheLimit() {
        for (int i = 0; i < 25; i++) {
            add(i, LENGTH);
        }
        assertThat(dropped).isEqualTo(15);
        run();

        assertThat(handled).isEqualTo(IntStream.range(15, 25).boxed().toList());
        // The bytes of the dropped messages are free again.
        for (int i = 0; i < 10; i++) {
            add(i, LENGTH);
        }
        assertThat(dropped).isEqualTo(15);
    }

    /** A message that is larger than the queue is still the newest one. */
    @Test
    void theNewestMessageIsNeverDropped() {
        add(0, LENGTH);
        add(1, 10 * MAX_BYTES);
        add(2, LENGTH);
        assertThat(dropped).isEqualTo(2);
        run();

        assertThat(handled).containsExactly(2);
    }

    @Test
    void aMessageThatFailsStopsNoOther() {
        add(0, LENGTH);
        inbox.add(
                () -> {
                    throw new IllegalStateException("beyond a limit");
                },
                LENGTH);
        add(1, LENGTH);
        run();
        add(2, LENGTH);
        run();

        assertThat(handled).containsExactly(0, 1, 2);
        assertThat(failures).extracting(Throwable::getMessage).containsExactly("beyond a limit");
    }

    /** Other namespaces have their turn after some messages. */
    @Test
    void manyMessagesAreSeveralTasks() {
        for (int i = 0; i < 600; i++) {
            // They need no bytes here, so that none is dropped.
            inbox.add(() -> handled.add(0), -64);
        }
        tasks.remove().run();
        assertThat(handled).hasSize(256);
        assertThat(tasks).hasSize(1);
        run();

        assertThat(handled).hasSize(600);
    }

    private final class OwnContext implements ClusterContext {
        @Override
        public long now() {
            return 0;
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public Runnable schedule(Runnable task, long delayMillis) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void warn(String kind, String message) {}

        @Override
        public void stateChanged(ClusterState state) {}
    }
}
