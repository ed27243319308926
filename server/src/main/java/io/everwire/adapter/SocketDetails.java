package io.everwire.adapter;

import java.util.Set;

/**
 * What is known of a socket, on whatever server it is.
 *
 * @param id its public id
 * @param rooms the rooms it is in
 */
public record SocketDetails(String id, Set<String> rooms) {
    /** Copies the set. */
    public SocketDetails {
        rooms = Set.copyOf(rooms);
    }
}
