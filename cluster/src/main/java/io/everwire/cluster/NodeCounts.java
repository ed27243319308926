package io.everwire.cluster;

import io.everwire.adapter.ClusterContext;
import io.everwire.adapter.SocketCount;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of sockets in rooms on Node servers, which must be asked. An answer is used for {@code countInterval}. Any thread may use
 * it.
 */
final class NodeCounts {
    private record Asked(int servers, long time, CompletionStage<SocketCount> answer) {}

    /** @param java the other Java servers at this time */
    private record Servers(Set<String> java, long time, CompletionStage<Integer> count) {}

    private final ClusterOptions options;
    private final ClusterContext context;
    private final Supplier<? extends CompletionStage<Integer>> servers;
    private final Supplier<Set<String>> java;
    private final BiFunction<@Nullable String, Integer, CompletionStage<SocketCount>> ask;
    private final Map<@Nullable String, Asked> asked = new HashMap<>();
    private @Nullable Servers counted;

    /**
     * Creates the counts of a namespace.
     *
     * @param servers counts all servers that have the namespace, this one included
     * @param java returns the ids of the other Java servers
     * @param ask asks a number of Node servers for a room, or for all sockets if it is null
     */
    NodeCounts(
            ClusterOptions options,
            ClusterContext context,
            Supplier<? extends CompletionStage<Integer>> servers,
            Supplier<Set<String>> java,
            BiFunction<@Nullable String, Integer, CompletionStage<SocketCount>> ask) {
        this.options = options;
        this.context = context;
        this.servers = servers;
        this.java = java;
        this.ask = ask;
    }

    /**
     * Returns the number of sockets in a room on Node servers.
     *
     * @param others the numbers of the Java servers
     */
    CompletionStage<SocketCount> count(@Nullable String room, RoomCounts.Counted others) {
        return servers().thenCompose(all -> {
            if (all < 0) {
                return CompletableFuture.completedStage(new SocketCount(0, 1));
            }
            return count(room, all - 1 - others.servers() - others.missing());
        });
    }

    /** Returns the number of servers, as old as {@code countInterval} unless Java servers came or left; −1 if it is unknown. */
    private synchronized CompletionStage<Integer> servers() {
        Set<String> now = java.get();
        Servers before = counted;
        if (before != null && before.time > oldest() && before.java.equals(now)) {
            return before.count;
        }
        CompletionStage<Integer> count = servers.get().exceptionally(failure -> -1);
        counted = new Servers(now, context.now(), count);
        return count;
    }

    private synchronized CompletionStage<SocketCount> count(@Nullable String room, int nodes) {
        Asked before = asked.get(room);
        if (before != null && before.time > oldest() && before.servers == nodes) {
            return before.answer;
        }
        if (asked.size() >= options.maxCountedRooms()) {
            asked.values().removeIf(old -> old.time <= oldest());
        }
        CompletionStage<SocketCount> answer = ask.apply(room, nodes);
        if (asked.size() < options.maxCountedRooms()) {
            asked.put(room, new Asked(nodes, context.now(), answer));
        }
        return answer;
    }

    private long oldest() {
        return context.now() - options.countInterval().toMillis();
    }
}
