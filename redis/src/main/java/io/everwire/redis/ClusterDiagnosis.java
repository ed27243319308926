package io.everwire.redis;

import io.everwire.adapter.ClusterServer;
import java.util.List;

/**
 * The findings of {@link RedisDoctor}. Immutable.
 *
 * @param redis the version and mode of Redis, such as {@code 7.0.15 standalone}; empty if it cannot be reached
 * @param servers the servers with this prefix that answered. Node servers with the classic adapter do not tell their id: it is empty
 * @param notes facts that are good to know
 * @param problems things that do not work
 */
public record ClusterDiagnosis(String redis, List<ClusterServer> servers, List<String> notes, List<String> problems) {
    /** Copies the lists. */
    public ClusterDiagnosis {
        servers = List.copyOf(servers);
        notes = List.copyOf(notes);
        problems = List.copyOf(problems);
    }

    /** Returns whether no problem was found. */
    public boolean isHealthy() {
        return problems.isEmpty();
    }
}
