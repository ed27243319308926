package io.everwire.adapter;

import java.util.Objects;

/**
 * Another server of a cluster, as far as its messages tell. Immutable.
 *
 * @param id the id by which it signs its messages; a server has a new one after each start
 * @param kind the library of the server
 * @param version the version of Everwire; empty for Node servers, which do not tell
 * @param mode the mode of its adapter, such as {@code classic}; empty for Node servers, which do not tell
 * @param silentMillis the time since its last message
 */
public record ClusterServer(String id, Kind kind, String version, String mode, long silentMillis) {
    /** The libraries of servers. */
    public enum Kind {
        /** Everwire. It sends a heartbeat, so that it is known from its start to its end. */
        JAVA,
        /** Socket.IO 3 or 4 on Node.js. It is known after its first message. */
        NODE,
        /** Socket.IO 2 on Node.js. It is known after its first message. */
        NODE_2
    }

    /** Checks the arguments. */
    public ClusterServer {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
    }
}
