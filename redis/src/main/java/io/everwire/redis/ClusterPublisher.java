package io.everwire.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands to the servers of a Redis Cluster. The messages of one channel keep their order, also while the connection to a server of
 * Redis opens. Any thread may use it.
 */
final class ClusterPublisher {
    private final StatefulRedisClusterConnection<String, byte[]> connection;

    /** The servers of Redis, by their ids. */
    private final Map<String, Node> nodes = new ConcurrentHashMap<>();

    /** The server that publishes on channels without a slot; null before the first message, and after a failure. */
    private volatile @Nullable Node publishing;

    /** The id of the server that failed to publish last. */
    private volatile @Nullable String unreachable;

    /** A server of Redis with its connection. */
    private record Node(String id, OrderedCommands<StatefulRedisConnection<String, byte[]>> commands) {}

    ClusterPublisher(StatefulRedisClusterConnection<String, byte[]> connection) {
        this.connection = connection;
    }

    /** Opens the connections to all masters: commands need not wait for them, and those of a moved slot keep their order. */
    void open() {
        for (RedisClusterNode found : connection.getPartitions()) {
            if (found.is(RedisClusterNode.NodeFlag.UPSTREAM) && !isFailed(found)) {
                Failures.ignored(node(found).commands.call(opened -> CompletableFuture.completedStage(null)));
            }
        }
    }

    /** Publishes on a sharded channel, by the server of its slot. */
    CompletionStage<Long> publishSharded(String channel, byte[] message) {
        RedisClusterNode owner = connection.getPartitions().getMasterBySlot(SlotHash.getSlot(channel));
        if (owner == null) {
            return connection.async().spublish(channel, message);
        }
        // Not by the connection of the server itself: it would not follow a slot that has moved.
        return node(owner).commands.call(opened -> connection.async().spublish(channel, message));
    }

    /** Publishes on a channel that all servers of Redis know, always by the same server. */
    CompletionStage<Long> publish(String channel, byte[] message) {
        Node node = publishing;
        if (node == null || !isUsable(node)) {
            node = choose();
        }
        Node chosen = node;
        return chosen.commands
                .call(opened -> opened.async().publish(channel, message))
                .whenComplete((receivers, failure) -> {
                    if (failure != null) {
                        failed(chosen);
                    }
                });
    }

    /** Sends a command to all servers of Redis. */
    <T> List<CompletableFuture<T>> all(
            Function<StatefulRedisConnection<String, byte[]>, ? extends CompletionStage<T>> command) {
        List<CompletableFuture<T>> results = new ArrayList<>();
        // Not by nodes(): it waits for connections, and this may be the thread that opens them.
        for (RedisClusterNode found : connection.getPartitions()) {
            results.add(node(found).commands.call(command).toCompletableFuture());
        }
        return results;
    }

    /** Closes the connections. */
    CompletableFuture<Void> close() {
        return connection.closeAsync();
    }

    private Node node(RedisClusterNode found) {
        Node known = nodes.get(found.getNodeId());
        return known != null ? known : nodes.computeIfAbsent(found.getNodeId(), this::create);
    }

    private Node create(String id) {
        return new Node(id, new OrderedCommands<>(() -> opening(id), StatefulConnection::isOpen));
    }

    /** Opens a connection by its address, as Lettuce does for commands with a slot: both use the same one. */
    private CompletionStage<StatefulRedisConnection<String, byte[]>> opening(String id) {
        RedisClusterNode found = connection.getPartitions().getPartitionByNodeId(id);
        if (found == null) {
            return Failures.notConnected();
        }
        RedisURI uri = found.getUri();
        return connection.getConnectionAsync(uri.getHost(), uri.getPort());
    }

    private boolean isUsable(Node node) {
        RedisClusterNode found = connection.getPartitions().getPartitionByNodeId(node.id);
        return found != null && !isFailed(found);
    }

    private boolean isFailed(RedisClusterNode found) {
        return found.is(RedisClusterNode.NodeFlag.FAIL) || found.getNodeId().equals(unreachable);
    }

    /** Chooses the server that publishes: the one of before, or the first that is not known to have failed. */
    private synchronized Node choose() {
        Node before = publishing;
        if (before != null && isUsable(before)) {
            return before;
        }
        Node chosen = node(connection.getPartitions().stream()
                .filter(found -> !isFailed(found))
                .findFirst()
                .orElseGet(() -> connection.getPartitions().getPartition(0)));
        publishing = chosen;
        return chosen;
    }

    /** The next messages are published by another server. */
    private synchronized void failed(Node node) {
        if (node.equals(publishing)) {
            publishing = null;
            unreachable = node.id;
        }
    }
}
