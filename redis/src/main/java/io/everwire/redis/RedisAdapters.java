package io.everwire.redis;

import io.everwire.adapter.Adapter;
import io.everwire.cluster.ClusterAdapters;
import io.everwire.cluster.ClusterOptions;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import java.time.Duration;
import java.util.Collection;

/**
 * Creates adapters for clusters over Redis. A factory serves one server:
 *
 * <pre>
 * ServerOptions.builder().adapter(RedisAdapters.create("redis://localhost"))
 * </pre>
 */
public final class RedisAdapters {
    private RedisAdapters() {}

    /**
     * Returns a factory with the default options.
     *
     * @param uri {@code redis://host:port}, {@code rediss://…} with TLS, or {@code redis-sentinel://host:port/…#master}
     * @throws IllegalArgumentException if the URI is malformed
     */
    public static Adapter.Factory create(String uri) {
        return create(uri, ClusterOptions.DEFAULTS);
    }

    /** Returns a factory; see {@link #create(String)}. */
    public static Adapter.Factory create(String uri, ClusterOptions options) {
        return new ClusterAdapters(options, new RedisLine(new StandaloneLink(client(), RedisURI.create(uri), true)));
    }

    /**
     * Returns a client whose commands fail while it is not connected: the outbox queues, with its limits. It does not connect
     * again by itself, because it would wait up to 30 s: the line does.
     */
    static RedisClient client() {
        RedisClient client = RedisClient.create(OwnResources.create());
        client.setOptions(ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .build());
        return client;
    }

    /**
     * Returns a factory that uses a client of the application: its threads, its settings. The client stays open when the server is
     * closed.
     */
    public static Adapter.Factory create(RedisClient client, RedisURI uri, ClusterOptions options) {
        return new ClusterAdapters(options, new RedisLine(new StandaloneLink(client, uri, false)));
    }

    /**
     * Returns a factory for Redis Cluster.
     *
     * @param uris some of its servers; the others are found
     */
    public static Adapter.Factory createForCluster(Collection<String> uris, ClusterOptions options) {
        return new ClusterAdapters(options, new RedisLine(new ClusterLink(clusterClient(uris), true)));
    }

    /** Returns a client that asks for the servers of the slots at intervals. */
    static RedisClusterClient clusterClient(Collection<String> uris) {
        RedisClusterClient client = RedisClusterClient.create(
                OwnResources.createForCluster(),
                uris.stream().map(RedisURI::create).toList());
        // Commands are not rejected while a server of Redis is not connected: its connection opens with the first
        // command.
        client.setOptions(ClusterClientOptions.builder()
                .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .enablePeriodicRefresh()
                        .refreshPeriod(Duration.ofSeconds(10))
                        .build())
                .build());
        return client;
    }

    /** Returns a factory for Redis Cluster that uses a client of the application. The client stays open. */
    public static Adapter.Factory createForCluster(RedisClusterClient client, ClusterOptions options) {
        return new ClusterAdapters(options, new RedisLine(new ClusterLink(client, false)));
    }
}
