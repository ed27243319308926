package io.everwire.redis;

import io.everwire.cluster.ClusterEmitter;
import io.everwire.cluster.ClusterOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import java.util.Collection;

/**
 * Creates emitters: they send to the clients of a cluster from a process without a server.
 *
 * <pre>
 * ClusterEmitter emitter = RedisEmitter.create("redis://localhost");
 * emitter.to("news").emit("update", 42);
 * </pre>
 */
public final class RedisEmitter {
    private RedisEmitter() {}

    /**
     * Returns an emitter for servers with the default options.
     *
     * @param uri as in {@link RedisAdapters#create(String)}
     */
    public static ClusterEmitter create(String uri) {
        return create(uri, ClusterOptions.DEFAULTS);
    }

    /** Returns an emitter. Its options say how the servers receive: sharded or not, and with which prefix. */
    public static ClusterEmitter create(String uri, ClusterOptions options) {
        StandaloneLink link = new StandaloneLink(RedisAdapters.client(), RedisURI.create(uri), true);
        return ClusterEmitter.create(options, new RedisLine(link), new EmitterContext());
    }

    /** Returns an emitter that uses a client of the application, which stays open. */
    public static ClusterEmitter create(RedisClient client, RedisURI uri, ClusterOptions options) {
        StandaloneLink link = new StandaloneLink(client, uri, false);
        return ClusterEmitter.create(options, new RedisLine(link), new EmitterContext());
    }

    /**
     * Returns an emitter for Redis Cluster.
     *
     * @param uris some of its servers; the others are found
     */
    public static ClusterEmitter createForCluster(Collection<String> uris, ClusterOptions options) {
        ClusterLink link = new ClusterLink(RedisAdapters.clusterClient(uris), true);
        return ClusterEmitter.create(options, new RedisLine(link), new EmitterContext());
    }

    /** Returns an emitter for Redis Cluster that uses a client of the application, which stays open. */
    public static ClusterEmitter createForCluster(RedisClusterClient client, ClusterOptions options) {
        return ClusterEmitter.create(options, new RedisLine(new ClusterLink(client, false)), new EmitterContext());
    }
}
