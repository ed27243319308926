package io.everwire.redis;

import io.everwire.cluster.ClusterOptions;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.sync.RedisPubSubCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Facts about a Redis: its version, the channels that have subscribers, and the permissions of the user. Its methods block. */
final class RedisFacts implements AutoCloseable {
    private static final String REQUESTS = "-request#/#";
    private static final String BROADCASTS = "#/#";

    /** Says that Redis cannot be reached, or does not accept the user. */
    static final class Unreachable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreachable(RedisException cause) {
            super(RedisFacts.message(cause), cause);
        }
    }

    private final RedisURI uri;
    private final RedisClient client;
    private final List<AbstractRedisClient> clients = new ArrayList<>();

    /** The connections to all servers of Redis that keep channels. */
    private final List<StatefulRedisConnection<String, String>> connections = new ArrayList<>();

    private final Map<String, String> server;

    private RedisFacts(RedisURI uri, RedisClient client, StatefulRedisConnection<String, String> first) {
        this.uri = uri;
        this.client = client;
        clients.add(client);
        connections.add(first);
        server = first.sync()
                .info("server")
                .lines()
                .filter(line -> line.indexOf(':') > 0)
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(':')),
                        line -> line.substring(line.indexOf(':') + 1).strip(),
                        (one, other) -> other));
    }

    /** Connects. */
    static RedisFacts connect(RedisURI uri) throws Unreachable {
        RedisClient client = RedisClient.create();
        RedisFacts facts = null;
        try {
            uri.setTimeout(Duration.ofSeconds(5));
            facts = new RedisFacts(uri, client, client.connect(uri));
            if (facts.isCluster()) {
                facts.connectAll();
            }
            return facts;
        } catch (RedisException e) {
            if (facts == null) {
                client.shutdown();
            } else {
                facts.close();
            }
            throw new Unreachable(e);
        }
    }

    private void connectAll() {
        RedisClusterClient cluster = RedisClusterClient.create(uri);
        clients.add(cluster);
        connections.remove(0).close();
        for (RedisClusterNode node : cluster.getPartitions()) {
            if (node.is(RedisClusterNode.NodeFlag.UPSTREAM) && !node.is(RedisClusterNode.NodeFlag.FAIL)) {
                RedisURI address = node.getUri();
                address.setCredentialsProvider(uri.getCredentialsProvider());
                connections.add(client.connect(address));
            }
        }
    }

    String version() {
        return server.getOrDefault("redis_version", "0");
    }

    int majorVersion() {
        String version = version();
        int dot = version.indexOf('.');
        return Integer.parseInt(dot < 0 ? version : version.substring(0, dot));
    }

    String mode() {
        return server.getOrDefault("redis_mode", "standalone");
    }

    /** Returns the version and the mode in words. */
    String description() {
        return version() + " " + mode() + (uri.getSentinels().isEmpty() ? "" : ", master of Sentinel");
    }

    boolean isCluster() {
        return mode().equals("cluster");
    }

    /** Returns the prefixes of the classic servers. */
    Set<String> classicPrefixes() {
        Set<String> prefixes = new TreeSet<>();
        connections.forEach(connection -> connection
                .sync()
                .pubsubChannels("*" + REQUESTS)
                .forEach(channel -> prefixes.add(channel.substring(0, channel.length() - REQUESTS.length()))));
        return prefixes;
    }

    /** Returns the prefixes of the sharded servers. */
    Set<String> shardedPrefixes() {
        Set<String> prefixes = new TreeSet<>();
        if (majorVersion() < 7) {
            return prefixes;
        }
        for (StatefulRedisConnection<String, String> connection : connections) {
            for (String channel : connection.sync().pubsubShardChannels("*" + BROADCASTS)) {
                // The channel of a room may end like that of a namespace.
                if (channel.indexOf(BROADCASTS) == channel.length() - BROADCASTS.length()) {
                    prefixes.add(channel.substring(0, channel.length() - BROADCASTS.length()));
                }
            }
        }
        return prefixes;
    }

    /**
     * Returns the permissions that a server needs and the user lacks. It tries each command, on channels by which no server is
     * counted.
     */
    List<String> missingPermissions(ClusterOptions options) {
        List<String> missing = new ArrayList<>();
        String prefix = options.prefix();
        RedisCommands<String, String> commands = connections.get(0).sync();
        try (StatefulRedisPubSubConnection<String, String> subscriber =
                isCluster() ? client.connectPubSub(first()) : client.connectPubSub(uri)) {
            RedisPubSubCommands<String, String> subscriptions = subscriber.sync();
            String common = prefix + "-everwire#";
            String room = prefix + "#/#everwire-doctor#";
            String response = prefix + "-response#/#everwire-doctor#";
            String pattern = prefix + "#/#*";
            if (options.sharded() && majorVersion() >= 7) {
                // In a cluster, another server may have the slot: then it says so, and the permission is there.
                attempt(missing, "PUBSUB SHARDNUMSUB", () -> commands.pubsubShardNumsub(room));
                attempt(missing, "SSUBSCRIBE " + common, () -> subscriptions.ssubscribe(common));
                attempt(missing, "SSUBSCRIBE " + room, () -> subscriptions.ssubscribe(room));
                attempt(missing, "SPUBLISH " + room, () -> commands.spublish(room, ""));
            } else if (!options.sharded()) {
                attempt(missing, "PUBSUB NUMSUB", () -> commands.pubsubNumsub(response));
                attempt(
                        missing,
                        "PSUBSCRIBE " + pattern + ", which Redis permits only as \"&" + pattern + "\" or \"&*\"",
                        () -> subscriptions.psubscribe(pattern));
                attempt(missing, "SUBSCRIBE " + common, () -> subscriptions.subscribe(common));
                attempt(missing, "SUBSCRIBE " + response, () -> subscriptions.subscribe(response));
                attempt(missing, "PUBLISH " + response, () -> commands.publish(response, ""));
            }
        }
        return missing;
    }

    private RedisURI first() {
        RedisClusterClient cluster = (RedisClusterClient) clients.get(clients.size() - 1);
        return cluster.getPartitions().getPartition(0).getUri();
    }

    private static void attempt(List<String> missing, String command, Runnable call) {
        try {
            call.run();
        } catch (RedisCommandExecutionException e) {
            String message = String.valueOf(e.getMessage());
            if (message.startsWith("NOPERM")) {
                missing.add("The user of Redis lacks a permission: " + command + ": " + message);
            }
        }
    }

    /** Returns the text of the deepest cause that has one. */
    static String message(Throwable failure) {
        String message = failure.toString();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            message = cause.getMessage() == null ? message : cause.getMessage();
        }
        return message;
    }

    @Override
    public void close() {
        connections.forEach(StatefulRedisConnection::close);
        clients.forEach(
                some -> OwnResources.shutdown(some).toCompletableFuture().join());
    }
}
