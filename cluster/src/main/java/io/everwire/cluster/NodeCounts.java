package io.everwire.cluster;

import io.everwire.adapter.ClusterContext;
import io.everwire.adapter.SocketCount;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of sockets in rooms on Node servers, which must be asked. An answer is used for {@code countInterval}. Any thread may use
 * it.
 */
final class NodeCounts {
    private record Asked(int servers, long time, CompletionStage<SocketCount> answer) {}

    private final ClusterOptions options;
    private final ClusterContext context;
    private final BiFunction<@Nullable String, Integer, CompletionStage<SocketCount>> ask;
    private final Map<@Nullable String, Asked> asked = new HashMap<>();

    /** @param ask asks a number of Node servers for a room, or for all sockets if it is null */
    NodeCounts(
            ClusterOptions options,
            ClusterContext context,
            BiFunction<@Nullable String, Integer, CompletionStage<SocketCount>> ask) {
        this.options = options;
        this.context = context;
        this.ask = ask;
    }

    /** Returns the number of sockets in a room, on this number of Node servers. */
    synchronized CompletionStage<SocketCount> count(@Nullable String room, int servers) {
        long oldest = context.now() - options.countInterval().toMillis();
        Asked before = asked.get(room);
        if (before != null && before.time > oldest && before.servers == servers) {
            return before.answer;
        }
        if (asked.size() >= options.maxCountedRooms()) {
            asked.values().removeIf(old -> old.time <= oldest);
        }
        CompletionStage<SocketCount> answer = ask.apply(room, servers);
        if (asked.size() < options.maxCountedRooms()) {
            asked.put(room, new Asked(servers, context.now(), answer));
        }
        return answer;
    }
}
