/**
 * Clusters over Redis: pub/sub and sharded pub/sub, with Redis standalone, Sentinel and Cluster. {@link
 * io.everwire.redis.RedisAdapters} creates the adapter.
 *
 * <p>Each server has two connections, one that publishes and one that is subscribed. Messages are only queued on the threads of
 * Lettuce.
 */
@NullMarked
package io.everwire.redis;

import org.jspecify.annotations.NullMarked;
