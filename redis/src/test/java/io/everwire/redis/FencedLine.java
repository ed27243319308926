package io.everwire.redis;

import io.everwire.adapter.ClusterContext;
import io.everwire.cluster.Line;
import io.everwire.cluster.Subscription;
import io.everwire.cluster.Subscription.Kind;
import io.everwire.protocol.Bytes;
import io.lettuce.core.cluster.SlotHash;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A line that a test can wait for: all messages that were published before have arrived. */
final class FencedLine implements Line {
    private final Line line;
    private final List<Subscription> own;
    private final ConcurrentHashMap<String, CompletableFuture<Void>> fences = new ConcurrentHashMap<>();
    private final List<CompletableFuture<?>> pending = new CopyOnWriteArrayList<>();

    FencedLine(Line line, Kind kind) {
        this(line, List.of(new Subscription(kind, "fence-" + UUID.randomUUID())));
    }

    private FencedLine(Line line, List<Subscription> own) {
        this.line = line;
        this.own = own;
    }

    /** Returns a line on Redis Cluster, with a sharded channel on each of its three masters: they keep no order with each other. */
    static FencedLine sharded(Line line) {
        int third = SlotHash.SLOT_COUNT / 3 + 1;
        Map<Integer, Subscription> channels = new HashMap<>();
        while (channels.size() < 3) {
            String name = "fence-" + UUID.randomUUID();
            channels.put(SlotHash.getSlot(name) / third, new Subscription(Kind.SHARD, name));
        }
        return new FencedLine(line, List.copyOf(channels.values()));
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
        CompletableFuture<Void> subscribed = CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new))
                .handle((done, failure) -> null);
        return subscribed.thenCompose(
                done -> CompletableFuture.allOf(own.stream().map(this::fence).toArray(CompletableFuture[]::new)));
    }

    private CompletableFuture<Void> fence(Subscription channel) {
        CompletableFuture<Void> passed = new CompletableFuture<>();
        String name = UUID.randomUUID().toString();
        fences.put(name, passed);
        return line.publish(channel.kind(), channel.name(), Bytes.utf8(name))
                .thenCompose(published -> passed)
                .toCompletableFuture();
    }

    @Override
    public void start(Listener listener, ClusterContext context) {
        line.start(
                new Listener() {
                    @Override
                    public void received(Subscription subscription, String channel, Bytes message) {
                        if (own.contains(subscription)) {
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
        own.forEach(channel -> pending.add(line.subscribe(channel).toCompletableFuture()));
    }

    @Override
    public CompletionStage<Void> subscribe(Subscription subscription) {
        CompletionStage<Void> done = line.subscribe(subscription);
        pending.add(done.toCompletableFuture());
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
        // On Redis Cluster each of its servers is asked, on connections that may have to open first.
        CompletionStage<Integer> counted = line.subscribers(subscription);
        pending.add(counted.toCompletableFuture());
        return counted;
    }

    @Override
    public CompletionStage<Void> stop() {
        return line.stop();
    }
}
