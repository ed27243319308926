package io.everwire.adapter;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Who a broadcast is for, and how it is sent. Immutable.
 *
 * @param rooms the sockets in any of these rooms, each once; empty means every socket of the namespace
 * @param except but none that is in one of these rooms
 * @param local only sockets of this server: an adapter of a cluster does not spread it
 * @param isVolatile dropped for those who take nothing at the moment
 * @param compress whether compressing it is worth the effort
 */
public record BroadcastOptions(
        Set<String> rooms, Set<String> except, boolean local, boolean isVolatile, boolean compress) {
    /** Everybody. */
    public static final BroadcastOptions EVERYBODY = new BroadcastOptions(Set.of(), Set.of());

    /** Copies the sets. */
    public BroadcastOptions {
        rooms = Set.copyOf(rooms);
        except = Set.copyOf(except);
    }

    /** For all servers, sent as usual. */
    public BroadcastOptions(Set<String> rooms, Set<String> except) {
        this(rooms, except, false, false, true);
    }

    /** Those in these rooms as well. */
    public BroadcastOptions to(Collection<String> more) {
        return new BroadcastOptions(union(rooms, more), except, local, isVolatile, compress);
    }

    /** But nobody in these rooms either. */
    public BroadcastOptions except(Collection<String> more) {
        return new BroadcastOptions(rooms, union(except, more), local, isVolatile, compress);
    }

    /** Only sockets of this server. */
    public BroadcastOptions onlyLocal() {
        return new BroadcastOptions(rooms, except, true, isVolatile, compress);
    }

    /** Dropped for those who take nothing at the moment. */
    public BroadcastOptions asVolatile() {
        return new BroadcastOptions(rooms, except, local, true, compress);
    }

    /** Compressed where the transport can, or not. */
    public BroadcastOptions compress(boolean worthwhile) {
        return new BroadcastOptions(rooms, except, local, isVolatile, worthwhile);
    }

    private static Set<String> union(Set<String> before, Collection<String> added) {
        if (before.isEmpty()) {
            return Set.copyOf(added);
        }
        Set<String> union = new LinkedHashSet<>(before);
        union.addAll(added);
        return union;
    }
}
