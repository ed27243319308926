package io.everwire.adapter;

import java.util.Set;

/**
 * Who a broadcast is for.
 *
 * @param rooms the sockets in any of these rooms, each once; empty means every socket of the namespace
 * @param except but none that is in one of these rooms
 */
public record BroadcastOptions(Set<String> rooms, Set<String> except) {
    /** Everybody. */
    public static final BroadcastOptions EVERYBODY = new BroadcastOptions(Set.of(), Set.of());

    /** Copies the sets. */
    public BroadcastOptions {
        rooms = Set.copyOf(rooms);
        except = Set.copyOf(except);
    }
}
