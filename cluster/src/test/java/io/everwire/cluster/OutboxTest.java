package io.everwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.adapter.ClusterContext;
import io.everwire.adapter.ClusterState;
import io.everwire.cluster.Subscription.Kind;
import io.everwire.protocol.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The queue of outgoing messages, on a line that loses its connection at any moment. */
final class OutboxTest {
    private final Deque<Runnable> timers = new ArrayDeque<>();
    private final List<String> published = new ArrayList<>();
    private final List<CompletableFuture<Void>> results = new ArrayList<>();
    private boolean connected = true;
    private long now;
    private long dropped;
    private final Outbox outbox =
            new Outbox(new OwnLine(), new OwnContext(), ClusterOptions.DEFAULTS, lost -> dropped += lost);

    private void publish(String message) {
        outbox.publish(new Wire.Frame(Kind.CHANNEL, "c", Bytes.utf8(message), false));
    }

    /** The line notices a lost connection before it reports it: its messages were not sent. */
    @Test
    void messagesThatTheLineRefusesWaitInTheirOrder() {
        outbox.open(true);
        publish("a");
        connected = false;
        publish("b");
        publish("c");
        assertThat(published).containsExactly("a");

        connected = true;
        publish("d");
        timers.remove().run();
        assertThat(published).containsExactly("a", "b", "c", "d");
        assertThat(dropped).isZero();
    }

    @Test
    void theyWaitForTheConnectionThatIsReported() {
        outbox.open(true);
        connected = false;
        publish("a");
        outbox.open(false);
        timers.remove().run();
        assertThat(published).isEmpty();

        connected = true;
        outbox.open(true);
        assertThat(published).containsExactly("a");
        results.forEach(result -> result.complete(null));
        assertThat(outbox.bytes()).isZero();
    }

    /** It may have arrived: sent again, it could arrive twice. */
    @Test
    void aMessageThatFailsLaterIsLost() {
        outbox.open(true);
        publish("a");
        results.get(0).completeExceptionally(new IllegalStateException("connection closed"));
        assertThat(published).containsExactly("a");
        assertThat(dropped).isEqualTo(1);
        assertThat(outbox.bytes()).isZero();
    }

    @Test
    void refusedMessagesDoNotWaitForEver() {
        outbox.open(true);
        connected = false;
        publish("a");
        now += ClusterOptions.DEFAULTS.maxOutboxAge().toMillis() + 1;
        timers.remove().run();
        assertThat(dropped).isEqualTo(1);
        assertThat(outbox.bytes()).isZero();
    }

    private final class OwnLine implements Line {
        @Override
        public void start(Listener listener, ClusterContext context) {}

        @Override
        public CompletionStage<Void> subscribe(Subscription subscription) {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void unsubscribe(Subscription subscription) {}

        @Override
        public CompletionStage<Void> publish(Kind kind, String channel, Bytes message) {
            if (!connected) {
                return CompletableFuture.failedStage(new IllegalStateException("not connected"));
            }
            published.add(message.toString());
            CompletableFuture<Void> result = new CompletableFuture<>();
            results.add(result);
            return result;
        }

        @Override
        public CompletionStage<Integer> subscribers(Subscription subscription) {
            return CompletableFuture.completedStage(1);
        }

        @Override
        public CompletionStage<Void> stop() {
            return CompletableFuture.completedStage(null);
        }
    }

    private final class OwnContext implements ClusterContext {
        @Override
        public long now() {
            return now;
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public Runnable schedule(Runnable task, long delayMillis) {
            timers.add(task);
            return () -> timers.remove(task);
        }

        @Override
        public void warn(String kind, String message) {}

        @Override
        public void stateChanged(ClusterState state) {}
    }
}
