package io.everwire.adapter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is in which room. A room exists while somebody is in it. Any thread may call it.
 *
 * <p>Most rooms are those that each socket has to itself, so that one can write to its id: one room and one member, each kept as
 * {@link Few}.
 */
final class RoomIndex<M> {
    /** As {@link RoomListener}. */
    interface Listener<M> {
        default void created(String room) {}

        default void joined(String room, M member) {}

        default void left(String room, M member) {}

        default void deleted(String room) {}
    }

    private final Listener<? super M> listener;
    private final Map<String, Object> members = new ConcurrentHashMap<>();
    private final Map<M, Object> rooms = new ConcurrentHashMap<>();

    RoomIndex(Listener<? super M> listener) {
        this.listener = listener;
    }

    // Both maps change inside a computation of the first, always in this order: what threads do for one member at the
    // same
    // time comes out the same on both sides, and nothing is left over on one of them.

    void join(M member, String room) {
        rooms.compute(member, (same, joined) -> {
            members.compute(room, (name, inside) -> enter(name, inside, member));
            return Few.with(joined, room);
        });
    }

    void leave(M member, String room) {
        rooms.computeIfPresent(member, (same, joined) -> {
            members.computeIfPresent(room, (name, inside) -> exit(name, inside, member));
            return Few.without(joined, room);
        });
    }

    void leaveAll(M member) {
        rooms.computeIfPresent(member, (same, joined) -> {
            Few.<String>all(joined)
                    .forEach(room -> members.computeIfPresent(room, (name, inside) -> exit(name, inside, member)));
            return null;
        });
    }

    private Object enter(String room, @Nullable Object inside, M member) {
        if (inside == null) {
            listener.created(room);
        } else if (Few.contains(inside, member)) {
            return inside;
        }
        Object more = Few.with(inside, member);
        listener.joined(room, member);
        return more;
    }

    private @Nullable Object exit(String room, Object inside, M member) {
        if (!Few.contains(inside, member)) {
            return inside;
        }
        Object left = Few.without(inside, member);
        listener.left(room, member);
        if (left == null) {
            listener.deleted(room);
        }
        return left;
    }

    Set<String> rooms(M member) {
        return Set.copyOf(Few.<String>all(rooms.get(member)));
    }

    /** Returns the rooms that have a member; a snapshot. */
    Set<String> rooms() {
        return Set.copyOf(members.keySet());
    }

    /** Whether there is any of these rooms. */
    boolean exists(Set<String> chosen) {
        for (String room : chosen) {
            if (members.containsKey(room)) {
                return true;
            }
        }
        return false;
    }

    /** The members of any of {@code chosen}, each once, but none that is in one of {@code except}. */
    Collection<M> select(Set<String> chosen, Set<String> except) {
        Collection<M> selected = union(chosen);
        return except.isEmpty() ? selected : without(selected, except);
    }

    /** Those of {@code all} that are in none of the rooms {@code except}. */
    <N extends M> Collection<N> without(Collection<N> all, Set<String> except) {
        Collection<M> excluded = union(except);
        if (excluded.isEmpty()) {
            return all;
        }
        Set<M> lookup = excluded instanceof Set<M> set ? set : new HashSet<>(excluded);
        List<N> left = new ArrayList<>(all.size());
        for (N member : all) {
            if (!lookup.contains(member)) {
                left.add(member);
            }
        }
        return left;
    }

    /** A single room is looked at as it stands, several are put together. */
    private Collection<M> union(Set<String> chosen) {
        if (chosen.size() == 1) {
            return Few.all(members.get(chosen.iterator().next()));
        }
        Set<M> union = new LinkedHashSet<>();
        for (String room : chosen) {
            union.addAll(Few.<M>all(members.get(room)));
        }
        return union;
    }
}
