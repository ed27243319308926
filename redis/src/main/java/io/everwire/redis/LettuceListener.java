package io.everwire.redis;

import io.everwire.cluster.Subscription;
import io.everwire.cluster.Subscription.Kind;
import io.lettuce.core.pubsub.RedisPubSubListener;

/** Passes the messages of a subscribed connection on. */
final class LettuceListener implements RedisPubSubListener<String, byte[]> {
    private final RedisLink.Events events;

    LettuceListener(RedisLink.Events events) {
        this.events = events;
    }

    @Override
    public void message(String channel, byte[] message) {
        events.message(new Subscription(Kind.CHANNEL, channel), channel, message);
    }

    @Override
    public void message(String pattern, String channel, byte[] message) {
        events.message(new Subscription(Kind.PATTERN, pattern), channel, message);
    }

    @Override
    public void smessage(String shardChannel, byte[] message) {
        events.message(new Subscription(Kind.SHARD, shardChannel), shardChannel, message);
    }

    @Override
    public void subscribed(String channel, long count) {}

    @Override
    public void psubscribed(String pattern, long count) {}

    @Override
    public void unsubscribed(String channel, long count) {
        events.unsubscribed(new Subscription(Kind.CHANNEL, channel));
    }

    @Override
    public void punsubscribed(String pattern, long count) {
        events.unsubscribed(new Subscription(Kind.PATTERN, pattern));
    }

    @Override
    public void sunsubscribed(String shardChannel, long count) {
        events.unsubscribed(new Subscription(Kind.SHARD, shardChannel));
    }
}
