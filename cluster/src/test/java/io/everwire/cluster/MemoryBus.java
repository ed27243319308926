package io.everwire.cluster;

import io.everwire.adapter.ClusterContext;
import io.everwire.cluster.Subscription.Kind;
import io.everwire.protocol.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The pub/sub of Redis in memory, for servers in one process. It delivers real bytes in order when a test asks for it. A test can have
 * messages lost or duplicated, and servers cut off.
 */
final class MemoryBus {
    /** A message on its way. */
    record Delivery(MemoryLine to, Subscription subscription, String channel, Bytes message) {}

    private final List<MemoryLine> lines = new ArrayList<>();
    private final Deque<Delivery> queued = new ArrayDeque<>();
    private final List<Delivery> delivered = new ArrayList<>();
    private ToIntFunction<Delivery> copies = delivery -> 1;

    /** Returns a new line, for one server. */
    MemoryLine line() {
        MemoryLine line = new MemoryLine();
        lines.add(line);
        return line;
    }

    /** Sets how many copies of each message arrive from now on. */
    void copies(ToIntFunction<Delivery> number) {
        copies = number;
    }

    /** Delivers all queued messages, and the messages that they cause. */
    void settle() {
        for (Delivery next = queued.poll(); next != null; next = queued.poll()) {
            delivered.add(next);
            Line.Listener listener = next.to.listener;
            if (listener != null && next.to.connected) {
                listener.received(next.subscription, next.channel, next.message);
            }
        }
    }

    /** Reverses the order of the queued messages. */
    void reverse() {
        List<Delivery> all = new ArrayList<>(queued);
        queued.clear();
        all.forEach(queued::addFirst);
    }

    /** Returns the messages that were delivered. */
    List<Delivery> delivered() {
        return delivered;
    }

    /** Publishes a message of a stranger. */
    int publish(Kind kind, String channel, Bytes message) {
        int receivers = 0;
        for (MemoryLine line : lines) {
            for (Subscription subscription : line.subscriptions) {
                if (matches(subscription, kind, channel)) {
                    receivers++;
                    Delivery delivery = new Delivery(line, subscription, channel, message);
                    for (int i = copies.applyAsInt(delivery); i > 0; i--) {
                        queued.add(delivery);
                    }
                }
            }
        }
        return receivers;
    }

    /** Returns all subscriptions of all servers. */
    List<Subscription> subscriptions() {
        return lines.stream().flatMap(line -> line.subscriptions.stream()).toList();
    }

    private static boolean matches(Subscription subscription, Kind kind, String channel) {
        return switch (subscription.kind()) {
            case PATTERN -> kind == Kind.CHANNEL && glob(subscription.name(), 0, channel, 0);
            case CHANNEL -> kind == Kind.CHANNEL && subscription.name().equals(channel);
            case SHARD -> kind == Kind.SHARD && subscription.name().equals(channel);
        };
    }

    /** Matches as Redis does, without sets of characters. */
    static boolean glob(String pattern, int p, String text, int t) {
        if (p == pattern.length()) {
            return t == text.length();
        }
        char c = pattern.charAt(p);
        if (c == '*') {
            return glob(pattern, p + 1, text, t) || (t < text.length() && glob(pattern, p, text, t + 1));
        } else if (t == text.length()) {
            return false;
        } else if (c == '?') {
            return glob(pattern, p + 1, text, t + 1);
        } else if (c == '\\') {
            return pattern.charAt(p + 1) == text.charAt(t) && glob(pattern, p + 2, text, t + 1);
        }
        return c == text.charAt(t) && glob(pattern, p + 1, text, t + 1);
    }

    /** The line of one server. */
    final class MemoryLine implements Line {
        private final Set<Subscription> subscriptions = new LinkedHashSet<>();
        private @Nullable Listener listener;
        private boolean connected;
        private boolean hangs;

        @Override
        public void start(Listener started, ClusterContext context) {
            listener = started;
            connected(true);
        }

        /** Connects the server, or cuts it off. */
        void connected(boolean isConnected) {
            connected = isConnected;
            if (listener != null) {
                listener.stateChanged(isConnected);
            }
        }

        /** Sets whether the line takes messages without ever handing them over. */
        void hangs(boolean value) {
            hangs = value;
        }

        @Override
        public CompletionStage<Void> subscribe(Subscription subscription) {
            if (!subscriptions.add(subscription)) {
                throw new AssertionError("subscribed twice: " + subscription);
            }
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void unsubscribe(Subscription subscription) {
            if (!subscriptions.remove(subscription)) {
                throw new AssertionError("not subscribed: " + subscription);
            }
        }

        @Override
        public CompletionStage<Void> publish(Kind kind, String channel, Bytes message) {
            if (hangs) {
                return new CompletableFuture<>();
            }
            if (!connected) {
                return CompletableFuture.failedStage(new IllegalStateException("not connected"));
            }
            MemoryBus.this.publish(kind, channel, message);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<Integer> subscribers(Subscription subscription) {
            if (!connected) {
                return CompletableFuture.failedStage(new IllegalStateException("not connected"));
            }
            return CompletableFuture.completedStage((int) lines.stream()
                    .filter(line -> line.subscriptions.contains(subscription))
                    .count());
        }

        @Override
        public CompletionStage<Void> stop() {
            connected = false;
            lines.remove(this);
            return CompletableFuture.completedStage(null);
        }
    }
}
