package io.everwire.adapter;

import java.util.List;

/**
 * The state of a server's connection to the other servers of its cluster. Immutable.
 *
 * @param health whether messages arrive
 * @param servers the number of servers when they were counted last, this one included
 * @param others the other servers that are known. A Node server that has sent nothing yet is counted, but not known
 * @param lagMillis the time that the last heartbeat of this server took to come back, in milliseconds; −1 if none did
 * @param sent the number of messages that were handed over since the start
 * @param received the number of messages that arrived since the start, messages for others included
 * @param dropped the number of messages to and from other servers that were dropped since the start
 * @param outboxBytes the bytes of messages that were not handed over yet
 */
public record ClusterState(
        Health health,
        int servers,
        List<ClusterServer> others,
        long lagMillis,
        long sent,
        long received,
        long dropped,
        long outboxBytes) {
    /** Says whether messages of other servers arrive. */
    public enum Health {
        /** Messages are sent and received. */
        UP,
        /** Some messages are not sent or not received: a heartbeat is missing, or messages were dropped lately. */
        DEGRADED,
        /** No message is sent or received. Clients of this server still receive the broadcasts of this server. */
        DOWN
    }

    /** The state of a server without a cluster. */
    public static final ClusterState ALONE = new ClusterState(Health.UP, 1, List.of(), -1, 0, 0, 0, 0);

    /** Copies the list. */
    public ClusterState {
        others = List.copyOf(others);
    }
}
