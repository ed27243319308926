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
 * The members of each room and the rooms of each member. A room exists while it has a member. Any thread may call it.
 *
 * <p>Most rooms are the room of a socket's id, with one member, and most members have this one room: both sides are
 * stored as {@link SmallSet}.
 */
final class RoomIndex<M> {
    /** The same as {@link RoomListener}, with members instead of ids. */
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

    // Both maps change inside a computation of {@code rooms}, always in this order: changes of one member by several
    // threads have the same result in both maps, and no entry remains in one of them alone.

    void join(M member, String room) {
        rooms.compute(member, (same, joined) -> {
            members.compute(room, (name, inside) -> enter(name, inside, member));
            return SmallSet.with(joined, room);
        });
    }

    void leave(M member, String room) {
        rooms.computeIfPresent(member, (same, joined) -> {
            members.computeIfPresent(room, (name, inside) -> exit(name, inside, member));
            return SmallSet.without(joined, room);
        });
    }

    void leaveAll(M member) {
        rooms.computeIfPresent(member, (same, joined) -> {
            SmallSet.<String>all(joined)
                    .forEach(room -> members.computeIfPresent(room, (name, inside) -> exit(name, inside, member)));
            return null;
        });
    }

    private Object enter(String room, @Nullable Object inside, M member) {
        if (inside == null) {
            listener.created(room);
        } else if (SmallSet.contains(inside, member)) {
            return inside;
        }
        Object more = SmallSet.with(inside, member);
        listener.joined(room, member);
        return more;
    }

    private @Nullable Object exit(String room, Object inside, M member) {
        if (!SmallSet.contains(inside, member)) {
            return inside;
        }
        Object left = SmallSet.without(inside, member);
        listener.left(room, member);
        if (left == null) {
            listener.deleted(room);
        }
        return left;
    }

    Set<String> rooms(M member) {
        return Set.copyOf(SmallSet.<String>all(rooms.get(member)));
    }

    /** Returns the rooms that have a member; a snapshot. */
    Set<String> rooms() {
        return Set.copyOf(members.keySet());
    }

    /** Returns whether one of these rooms exists. */
    boolean exists(Set<String> chosen) {
        for (String room : chosen) {
            if (members.containsKey(room)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the members of any room of {@code chosen}, each once, without the members of any room of {@code except}.
     */
    Collection<M> select(Set<String> chosen, Set<String> except) {
        Collection<M> selected = union(chosen);
        return except.isEmpty() ? selected : without(selected, except);
    }

    /** Returns the members {@code all} without the members of any room of {@code except}. */
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

    /** Returns the members of all these rooms: a live view of a single room, a copy for several. */
    private Collection<M> union(Set<String> chosen) {
        if (chosen.size() == 1) {
            return SmallSet.all(members.get(chosen.iterator().next()));
        }
        Set<M> union = new LinkedHashSet<>();
        for (String room : chosen) {
            union.addAll(SmallSet.<M>all(members.get(room)));
        }
        return union;
    }
}
