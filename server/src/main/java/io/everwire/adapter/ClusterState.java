package io.everwire.adapter;

/**
 * The state of a server's connection to the other servers of its cluster. Immutable.
 *
 * @param health whether messages arrive
 * @param servers the number of servers heard lately, this one included
 * @param lagMillis the time that the last message of another server took, in milliseconds; −1 if unknown. It is only as
 *     exact as the clocks of the two machines
 * @param dropped the number of messages to and from other servers that were dropped since the start
 */
public record ClusterState(Health health, int servers, long lagMillis, long dropped) {
    /** Says whether messages of other servers arrive. */
    public enum Health {
        /** Messages are sent and received. */
        UP,
        /** Some messages are not sent or not received: a subscription is missing, or messages were dropped lately. */
        DEGRADED,
        /** No message is sent or received. Clients of this server still receive the broadcasts of this server. */
        DOWN
    }

    /** The state of a server without a cluster. */
    public static final ClusterState ALONE = new ClusterState(Health.UP, 1, -1, 0);
}
