package io.everwire.redis;

import io.everwire.cluster.Subscription;
import io.everwire.cluster.Subscription.Kind;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import java.net.SocketAddress;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Two connections to one server of Redis, or to the master that Sentinel names. */
final class StandaloneLink implements RedisLink {
    private final RedisClient client;
    private final RedisURI uri;
    private final boolean owned;
    private volatile @Nullable StatefulRedisConnection<String, byte[]> publisher;
    private volatile @Nullable StatefulRedisPubSubConnection<String, byte[]> subscriber;

    /** @param owned whether the client is shut down with the link */
    StandaloneLink(RedisClient client, RedisURI uri, boolean owned) {
        this.client = client;
        this.uri = uri;
        this.owned = owned;
    }

    @Override
    public boolean connectsAgain() {
        return !owned;
    }

    @Override
    public CompletionStage<Void> connect(Events events) {
        Failures.ignored(closeConnections());
        return Failures.caught(() -> client.connectAsync(new ChannelCodec(), uri)
                .thenCompose(first -> {
                    return client.connectPubSubAsync(new ChannelCodec(), uri)
                            .thenAccept(second -> opened(first, second, events))
                            .whenComplete((done, failure) -> {
                                if (failure != null) {
                                    Failures.ignored(first.closeAsync());
                                }
                            });
                }));
    }

    private void opened(
            StatefulRedisConnection<String, byte[]> first,
            StatefulRedisPubSubConnection<String, byte[]> second,
            Events events) {
        publisher = first;
        subscriber = second;
        second.addListener(new LettuceListener(events));
        States states = new States(events);
        first.addListener(states);
        second.addListener(states);
        events.connected(first.isOpen() && second.isOpen());
    }

    /** Reports the state of both connections together. */
    private final class States implements RedisConnectionStateListener {
        private final Events events;

        States(Events events) {
            this.events = events;
        }

        @Override
        public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
            // The connection itself counts as open only after this call.
            if (isCurrent(connection)) {
                events.connected(isOpenBeside(connection));
            }
        }

        @Override
        public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
            if (isCurrent(connection)) {
                events.connected(false);
            }
        }

        private boolean isCurrent(Object connection) {
            return connection == publisher || connection == subscriber;
        }

        private boolean isOpenBeside(RedisChannelHandler<?, ?> connection) {
            StatefulConnection<?, ?> first = publisher;
            StatefulConnection<?, ?> second = subscriber;
            return first != null
                    && second != null
                    && (connection == first || first.isOpen())
                    && (connection == second || second.isOpen());
        }
    }

    @Override
    public CompletionStage<Void> subscribe(Kind kind, Collection<String> names) {
        String[] all = names.toArray(String[]::new);
        return onSubscriber(commands -> switch (kind) {
            case CHANNEL -> commands.subscribe(all);
            case PATTERN -> commands.psubscribe(all);
            case SHARD -> commands.ssubscribe(all);
        });
    }

    @Override
    public CompletionStage<Void> unsubscribe(Subscription subscription) {
        return onSubscriber(commands -> switch (subscription.kind()) {
            case CHANNEL -> commands.unsubscribe(subscription.name());
            case PATTERN -> commands.punsubscribe(subscription.name());
            case SHARD -> commands.sunsubscribe(subscription.name());
        });
    }

    @Override
    public CompletionStage<Void> publish(Kind kind, String channel, byte[] message) {
        return onPublisher(commands -> {
            CompletionStage<Long> published =
                    kind == Kind.SHARD ? commands.spublish(channel, message) : commands.publish(channel, message);
            return published.thenAccept(receivers -> {});
        });
    }

    @Override
    public CompletionStage<Long> subscribers(Subscription subscription) {
        return onPublisher(commands -> {
            CompletionStage<Map<String, Long>> counted = subscription.kind() == Kind.SHARD
                    ? commands.pubsubShardNumsub(subscription.name())
                    : commands.pubsubNumsub(subscription.name());
            return counted.thenApply(counts -> counts.getOrDefault(subscription.name(), 0L));
        });
    }

    private <T> CompletionStage<T> onPublisher(
            Function<RedisAsyncCommands<String, byte[]>, ? extends CompletionStage<T>> call) {
        StatefulRedisConnection<String, byte[]> connection = publisher;
        return connection == null ? Failures.notConnected() : Failures.caught(() -> call.apply(connection.async()));
    }

    private CompletionStage<Void> onSubscriber(
            Function<RedisPubSubAsyncCommands<String, byte[]>, ? extends CompletionStage<Void>> call) {
        StatefulRedisPubSubConnection<String, byte[]> connection = subscriber;
        return connection == null ? Failures.notConnected() : Failures.caught(() -> call.apply(connection.async()));
    }

    @Override
    public CompletionStage<Void> close() {
        return Failures.caught(() -> {
            CompletableFuture<Void> both = closeConnections();
            return owned ? both.thenCompose(closed -> OwnResources.shutdown(client)) : both;
        });
    }

    private CompletableFuture<Void> closeConnections() {
        StatefulConnection<?, ?> first = publisher;
        StatefulConnection<?, ?> second = subscriber;
        publisher = null;
        subscriber = null;
        return CompletableFuture.allOf(
                first == null ? CompletableFuture.completedFuture(null) : first.closeAsync(),
                second == null ? CompletableFuture.completedFuture(null) : second.closeAsync());
    }
}
