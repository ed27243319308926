package io.everwire.cluster;

/**
 * A subscription of a server to messages.
 *
 * @param kind how the name chooses channels
 * @param name the name of a channel, or a pattern
 */
public record Subscription(Kind kind, String name) {
    /** The kinds of subscriptions. */
    public enum Kind {
        /** One channel. */
        CHANNEL,
        /** All channels that match a glob pattern, as Redis defines it: {@code ?}, {@code *}, and a backslash for escapes. */
        PATTERN,
        /** One channel of sharded pub/sub, which has names of its own. */
        SHARD
    }

    /** Returns a subscription to one channel. */
    static Subscription channel(String name) {
        return new Subscription(Kind.CHANNEL, name);
    }

    /** Returns a subscription to a pattern. */
    static Subscription pattern(String pattern) {
        return new Subscription(Kind.PATTERN, pattern);
    }

    /** Returns a subscription to one channel of sharded pub/sub. */
    static Subscription shard(String name) {
        return new Subscription(Kind.SHARD, name);
    }
}
