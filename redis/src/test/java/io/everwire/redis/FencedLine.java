package io.everwire.redis;

import io.everwire.adapter.ClusterContext;
import io.everwire.cluster.Line;
import io.everwire.cluster.Subscription;
import io.everwire.cluster.Subscription.Kind;
import io.everwire.protocol.Bytes;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A line that a test can wait for: all messages that were published before have arrived. */
final class FencedLine implements Line {
    private final Line line;
    private final Subscription own;
    private final ConcurrentHashMap<String, CompletableFuture<Void>> fences = new ConcurrentHashMap<>();
    private final List<CompletableFuture<Void>> subscribing = new CopyOnWriteArrayList<>();

    FencedLine(Line line, Kind kind) {
        this.line = line;
        this.own = new Subscription(kind, "fence-" + UUID.randomUUID());
    }

    /** Waits until everything that these servers have sent was handled, and what it caused. */
    static void settle(List<FencedLine> lines) {
        // A message and its answer, and what the answer causes; each needs one fence to be sent and one to be received.
        for (int i = 0; i < 6; i++) {
            CompletableFuture.allOf(lines.stream().map(FencedLine::fence).toArray(CompletableFuture[]::new))
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
        }
    }

    private CompletableFuture<Void> fence() {
        CompletableFuture<Void> subscribed = CompletableFuture.allOf(subscribing.toArray(CompletableFuture[]::new));
        return subscribed.thenCompose(done -> {
            CompletableFuture<Void> passed = new CompletableFuture<>();
            String name = UUID.randomUUID().toString();
            fences.put(name, passed);
            return line.publish(own.kind(), own.name(), Bytes.utf8(name)).thenCompose(published -> passed);
        });
    }

    @Override
    public void start(Listener listener, ClusterContext context) {
        line.start(
                new Listener() {
                    @Override
                    public void received(Subscription subscription, String channel, Bytes message) {
                        if (subscription.equals(own)) {
                            fences.remove(message.toString()).complete(null);
                        } else {
                            listener.received(subscription, channel, message);
                        }
                    }

                    @Override
                    public void stateChanged(boolean connected) {
                        listener.stateChanged(connected);
                    }
                },
                context);
        subscribing.add(line.subscribe(own).toCompletableFuture());
    }

    @Override
    public CompletionStage<Void> subscribe(Subscription subscription) {
        CompletionStage<Void> done = line.subscribe(subscription);
        subscribing.add(done.toCompletableFuture());
        return done;
    }

    @Override
    public void unsubscribe(Subscription subscription) {
        line.unsubscribe(subscription);
    }

    @Override
    public CompletionStage<Void> publish(Kind kind, String channel, Bytes message) {
        return line.publish(kind, channel, message);
    }

    @Override
    public CompletionStage<Integer> subscribers(Subscription subscription) {
        return line.subscribers(subscription);
    }

    @Override
    public CompletionStage<Void> stop() {
        return line.stop();
    }
}
