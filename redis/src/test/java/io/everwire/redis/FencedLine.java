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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A line that a test can wait for: all messages that were published before have arrived, at all servers. All lines listen on the same
 * channels. A message that follows the others on each way between two servers, also between two servers of Redis, must have arrived
 * everywhere.
 */
final class FencedLine implements Line {
    private static final Subscription CHANNEL = new Subscription(Kind.CHANNEL, "fence-" + UUID.randomUUID());

    /** A sharded channel on each of the three masters of a Redis Cluster: they keep no order with each other. */
    private static final List<Subscription> SHARDS = shards();

    /** The messages on their way, with the lines that have not received them. */
    private static final Map<String, Fence> FENCES = new ConcurrentHashMap<>();

    private final Line line;
    private final List<Subscription> own;
    private final List<CompletableFuture<?>> pending = new CopyOnWriteArrayList<>();

    private static final class Fence {
        private final Set<FencedLine> missing = ConcurrentHashMap.newKeySet();
        private final CompletableFuture<Void> passed = new CompletableFuture<>();

        void arrived(FencedLine at) {
            missing.remove(at);
            if (missing.isEmpty()) {
                passed.complete(null);
            }
        }
    }

    private FencedLine(Line line, List<Subscription> own) {
        this.line = line;
        this.own = own;
    }

    static FencedLine of(Line line) {
        return new FencedLine(line, List.of(CHANNEL));
    }

    /** Returns a line on a server of Redis of its own, with sharded channels. */
    static FencedLine sharded(Line line) {
        return new FencedLine(line, SHARDS.subList(0, 1));
    }

    /** Returns a line on Redis Cluster, with sharded channels. */
    static FencedLine shardedOnCluster(Line line) {
        return new FencedLine(line, SHARDS);
    }

    private static List<Subscription> shards() {
        int third = SlotHash.SLOT_COUNT / 3 + 1;
        Map<Integer, Subscription> channels = new HashMap<>();
        while (channels.size() < 3) {
            String name = "fence-" + UUID.randomUUID();
            channels.put(SlotHash.getSlot(name) / third, new Subscription(Kind.SHARD, name));
        }
        return List.copyOf(channels.values());
    }

    /** Waits until everything that these servers have sent was handled, and what it caused. */
    static void settle(List<FencedLine> lines) {
        // A message and its answer, and what the answer causes; each needs one fence to be sent and one to be received.
        for (int i = 0; i < 6; i++) {
            all(lines.stream().flatMap(each -> each.pending.stream()))
                    .handle((done, failure) -> null)
                    .thenCompose(done -> all(lines.stream().flatMap(each -> each.fence(lines))))
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join();
        }
    }

    private static CompletableFuture<Void> all(Stream<? extends CompletableFuture<?>> stages) {
        return CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new));
    }

    private Stream<CompletableFuture<Void>> fence(List<FencedLine> lines) {
        return own.stream().map(channel -> {
            Fence fence = new Fence();
            fence.missing.addAll(lines);
            String name = UUID.randomUUID().toString();
            FENCES.put(name, fence);
            return line.publish(channel.kind(), channel.name(), Bytes.utf8(name))
                    .thenCompose(published -> fence.passed)
                    .toCompletableFuture();
        });
    }

    @Override
    public void start(Listener listener, ClusterContext context) {
        line.start(
                new Listener() {
                    @Override
                    public void received(Subscription subscription, String channel, Bytes message) {
                        if (own.contains(subscription)) {
                            Fence fence = FENCES.get(message.toString());
                            if (fence != null) {
                                fence.arrived(FencedLine.this);
                            }
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
