package io.everwire.redis;

import io.everwire.cluster.Subscription;
import io.everwire.cluster.Subscription.Kind;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.pubsub.StatefulRedisClusterPubSubConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.net.SocketAddress;
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
    private volatile @Nullable ClusterPublisher publisher;
    private volatile @Nullable StatefulRedisClusterPubSubConnection<String, byte[]> subscriber;

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
        ClusterPublisher publishing = new ClusterPublisher(first);
        publishing.open();
        publisher = publishing;
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
        ClusterPublisher publishing = publisher;
        if (publishing == null) {
            return Failures.notConnected();
        }
        return Failures.caught(() -> kind == Kind.SHARD
                        ? publishing.publishSharded(channel, message)
                        : publishing.publish(channel, message))
                .thenAccept(receivers -> {});
    }

    /** Asks every server of Redis: each knows only its own subscribers. */
    @Override
    public CompletionStage<Long> subscribers(Subscription subscription) {
        ClusterPublisher publishing = publisher;
        if (publishing == null) {
            return Failures.notConnected();
        }
        return Failures.caught(() -> {
            List<CompletableFuture<Map<String, Long>>> counts =
                    publishing.all(single -> subscription.kind() == Kind.SHARD
                            ? single.async().pubsubShardNumsub(subscription.name())
                            : single.async().pubsubNumsub(subscription.name()));
            return CompletableFuture.allOf(counts.toArray(CompletableFuture[]::new))
                    .thenApply(done -> counts.stream()
                            .mapToLong(count -> count.join().getOrDefault(subscription.name(), 0L))
                            .sum());
        });
    }

    @Override
    public CompletionStage<Void> close() {
        return Failures.caught(() -> {
            ClusterPublisher first = publisher;
            StatefulRedisClusterPubSubConnection<?, ?> second = subscriber;
            CompletableFuture<Void> both = CompletableFuture.allOf(
                    first == null ? CompletableFuture.completedFuture(null) : first.close(),
                    second == null ? CompletableFuture.completedFuture(null) : second.closeAsync());
            return owned ? both.thenCompose(closed -> OwnResources.shutdown(client)) : both;
        });
    }
}
