package io.everwire.redis;

import io.everwire.cluster.Subscription;
import io.everwire.cluster.Subscription.Kind;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.pubsub.StatefulRedisClusterPubSubConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The connections to Redis Cluster: sharded channels belong to the server of their slot, others to any server. */
final class ClusterLink implements RedisLink {
    /** Shared by the connections to all servers of Redis, so it remembers nothing. */
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    private final RedisClusterClient client;
    private final boolean owned;
    private volatile @Nullable StatefulRedisClusterConnection<String, byte[]> publisher;
    private volatile @Nullable StatefulRedisClusterPubSubConnection<String, byte[]> subscriber;

    /** The id of the server of Redis that publishes. */
    private volatile @Nullable String publishing;

    /** Done when the last message was handed to its connection. Guarded by this object. */
    private CompletableFuture<?> lastGiven = CompletableFuture.completedFuture(null);

    /** The id of the server that failed to publish last. */
    private volatile @Nullable String unreachable;

    /** @param owned whether the client is shut down with the link */
    ClusterLink(RedisClusterClient client, boolean owned) {
        this.client = client;
        this.owned = owned;
    }

    @Override
    public boolean connectsAgain() {
        return true;
    }

    @Override
    public CompletionStage<Void> connect(Events events) {
        // The client cannot connect before it knows the servers of the slots.
        return Failures.caught(() -> client.refreshPartitionsAsync()
                .thenCompose(known -> client.connectAsync(CODEC))
                .thenCompose(first -> client.connectPubSubAsync(CODEC)
                        .thenAccept(second -> opened(first, second, events))
                        .whenComplete((done, failure) -> {
                            if (failure != null) {
                                Failures.ignored(first.closeAsync());
                            }
                        })));
    }

    private void opened(
            StatefulRedisClusterConnection<String, byte[]> first,
            StatefulRedisClusterPubSubConnection<String, byte[]> second,
            Events events) {
        publisher = first;
        subscriber = second;
        second.addListener(new LettuceListener(events));
        second.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
                events.connected(true);
            }

            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
                // The client library connects to another server of Redis, if one is left.
                events.connected(false);
            }
        });
        events.connected(true);
    }

    @Override
    public CompletionStage<Void> subscribe(Kind kind, Collection<String> names) {
        StatefulRedisClusterPubSubConnection<String, byte[]> connection = subscriber;
        if (connection == null) {
            return Failures.notConnected();
        }
        return Failures.caught(() -> switch (kind) {
            case CHANNEL -> connection.async().subscribe(names.toArray(String[]::new));
            case PATTERN -> connection.async().psubscribe(names.toArray(String[]::new));
            // One by one: the names of a command must have the same slot.
            case SHARD ->
                CompletableFuture.allOf(names.stream()
                        .map(name -> connection.async().ssubscribe(name).toCompletableFuture())
                        .toArray(CompletableFuture[]::new));
        });
    }

    @Override
    public CompletionStage<Void> unsubscribe(Subscription subscription) {
        StatefulRedisClusterPubSubConnection<String, byte[]> connection = subscriber;
        if (connection == null) {
            return Failures.notConnected();
        }
        return Failures.caught(() -> switch (subscription.kind()) {
            case CHANNEL -> connection.async().unsubscribe(subscription.name());
            case PATTERN -> connection.async().punsubscribe(subscription.name());
            case SHARD -> connection.async().sunsubscribe(subscription.name());
        });
    }

    @Override
    public CompletionStage<Void> publish(Kind kind, String channel, byte[] message) {
        StatefulRedisClusterConnection<String, byte[]> connection = publisher;
        if (connection == null) {
            return Failures.notConnected();
        }
        return Failures.caught(() -> {
            if (kind == Kind.SHARD) {
                return connection.async().spublish(channel, message).thenAccept(receivers -> {});
            }
            return publishInOrder(connection, channel, message);
        });
    }

    /**
     * Publishes always by the same server of Redis, and hands its connection one message after the other, also while the connection opens:
     * messages would overtake each other otherwise.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // The result of the command is awaited below.
    private synchronized CompletionStage<Void> publishInOrder(
            StatefulRedisClusterConnection<String, byte[]> connection, String channel, byte[] message) {
        String node = nodeOf(connection, publishing);
        publishing = node;
        CompletableFuture<RedisFuture<Long>> given = lastGiven
                .handle((before, failure) -> node)
                .thenCompose(connection::getConnectionAsync)
                .thenApply(single -> single.async().publish(channel, message));
        lastGiven = given;
        return given.thenCompose(published -> published)
                .whenComplete((receivers, failure) -> {
                    if (failure != null) {
                        failed(node);
                    }
                })
                .thenAccept(receivers -> {});
    }

    /** Returns the server of Redis that publishes: the one of before, or the first that is not known to have failed. */
    private String nodeOf(StatefulRedisClusterConnection<?, ?> connection, @Nullable String before) {
        String first = null;
        for (RedisClusterNode node : connection.getPartitions()) {
            boolean failed =
                    node.is(RedisClusterNode.NodeFlag.FAIL) || node.getNodeId().equals(unreachable);
            if (node.getNodeId().equals(before) && !failed) {
                return node.getNodeId();
            }
            first = first == null && !failed ? node.getNodeId() : first;
        }
        return first == null ? connection.getPartitions().getPartition(0).getNodeId() : first;
    }

    /** The next messages are published by another server. */
    private void failed(String node) {
        if (node.equals(publishing)) {
            publishing = null;
            unreachable = node;
        }
    }

    /** Asks every server of Redis: each knows only its own subscribers. */
    @Override
    public CompletionStage<Long> subscribers(Subscription subscription) {
        StatefulRedisClusterConnection<String, byte[]> connection = publisher;
        if (connection == null) {
            return Failures.notConnected();
        }
        return Failures.caught(() -> {
            List<CompletableFuture<Map<String, Long>>> counts = new ArrayList<>();
            // Not by nodes(): it waits for connections, and this may be the thread that opens them.
            for (RedisClusterNode node : connection.getPartitions()) {
                counts.add(connection.getConnectionAsync(node.getNodeId()).thenCompose(single -> {
                    RedisAsyncCommands<String, byte[]> commands = single.async();
                    return subscription.kind() == Kind.SHARD
                            ? commands.pubsubShardNumsub(subscription.name())
                            : commands.pubsubNumsub(subscription.name());
                }));
            }
            return CompletableFuture.allOf(counts.toArray(CompletableFuture[]::new))
                    .thenApply(done -> counts.stream()
                            .mapToLong(count -> count.join().getOrDefault(subscription.name(), 0L))
                            .sum());
        });
    }

    @Override
    public CompletionStage<Void> close() {
        return Failures.caught(() -> {
            StatefulRedisClusterConnection<?, ?> first = publisher;
            StatefulRedisClusterPubSubConnection<?, ?> second = subscriber;
            CompletableFuture<Void> both = CompletableFuture.allOf(
                    first == null ? CompletableFuture.completedFuture(null) : first.closeAsync(),
                    second == null ? CompletableFuture.completedFuture(null) : second.closeAsync());
            return owned ? both.thenCompose(closed -> OwnResources.shutdown(client)) : both;
        });
    }
}
