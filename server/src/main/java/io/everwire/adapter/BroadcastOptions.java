package io.everwire.adapter;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sockets that a broadcast chooses, and how it is sent. Immutable.
 *
 * <p>A socket is chosen if it is in one of {@code rooms}, or {@code rooms} is empty, and if it is in none of {@code
 * except}. The id of a socket is the name of a room with this one socket.
 *
 * @param rooms chooses the sockets in any of these rooms, each once; empty chooses every socket of the namespace
 * @param except leaves out the sockets in any of these rooms
 * @param local chooses sockets of this server only: an adapter of a cluster does not publish it
 * @param isVolatile whether the packet is dropped for a client that cannot take data now
 * @param compress whether the packet is compressed, where the transport can
 * @param volatileKey the key of a volatile packet: the newest one of each key is kept for a client that cannot take data now; null
 *     for every other packet
 */
public record BroadcastOptions(
        Set<String> rooms,
        Set<String> except,
        boolean local,
        boolean isVolatile,
        boolean compress,
        @Nullable String volatileKey) {
    /** Chooses every socket of the namespace, on all servers, without flags. */
    public static final BroadcastOptions EVERYBODY = new BroadcastOptions(Set.of(), Set.of());

    /** Copies the sets. */
    public BroadcastOptions {
        rooms = Set.copyOf(rooms);
        except = Set.copyOf(except);
    }

    /** Creates options of a packet without a key. */
    public BroadcastOptions(
            Set<String> rooms, Set<String> except, boolean local, boolean isVolatile, boolean compress) {
        this(rooms, except, local, isVolatile, compress, null);
    }

    /** Creates options for all servers, without flags. */
    public BroadcastOptions(Set<String> rooms, Set<String> except) {
        this(rooms, except, false, false, true);
    }

    /** Returns options that also choose the sockets in these rooms. */
    public BroadcastOptions to(Collection<String> more) {
        return new BroadcastOptions(union(rooms, more), except, local, isVolatile, compress, volatileKey);
    }

    /** Returns options that also leave out the sockets in these rooms. */
    public BroadcastOptions except(Collection<String> more) {
        return new BroadcastOptions(rooms, union(except, more), local, isVolatile, compress, volatileKey);
    }

    /** Returns options that choose sockets of this server only. */
    public BroadcastOptions onlyLocal() {
        return new BroadcastOptions(rooms, except, true, isVolatile, compress, volatileKey);
    }

    /** Returns options of a volatile packet without a key. */
    public BroadcastOptions asVolatile() {
        return new BroadcastOptions(rooms, except, local, true, compress, null);
    }

    /** Returns options of a volatile packet with a key. */
    public BroadcastOptions asVolatile(String key) {
        return new BroadcastOptions(rooms, except, local, true, compress, Objects.requireNonNull(key, "key"));
    }

    /** Returns options of a packet that is compressed where the transport can, or not at all. */
    public BroadcastOptions compress(boolean compressed) {
        return new BroadcastOptions(rooms, except, local, isVolatile, compressed, volatileKey);
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
