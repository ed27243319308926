package io.everwire.adapter;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sets that mostly have one member, and then are no object beside it: null is the empty set, anything else that is no
 * {@code Set} the set of just that, which is why no set can be a member (benchmark idle). Larger ones can be read while they
 * change; changes are made by one thread at a time.
 */
final class Few {
    private Few() {}

    @SuppressWarnings("unchecked") // only what with() returned for members of this type
    static <T> Set<T> all(@Nullable Object few) {
        if (few == null) {
            return Set.of();
        }
        return few instanceof Set<?> set ? (Set<T>) set : Set.of((T) few);
    }

    static boolean contains(Object few, Object member) {
        return few instanceof Set<?> set ? set.contains(member) : few.equals(member);
    }

    /** {@code few} and {@code added}. */
    static Object with(@Nullable Object few, Object added) {
        if (few == null || few.equals(added)) {
            return added;
        }
        Set<Object> more = few instanceof Set<?> ? all(few) : ConcurrentHashMap.newKeySet();
        if (more != few) {
            more.add(few);
        }
        more.add(added);
        return more;
    }

    /** {@code few} without {@code removed}. */
    static @Nullable Object without(Object few, Object removed) {
        if (few instanceof Set<?> set) {
            set.remove(removed);
            return set.isEmpty() ? null : set;
        }
        return few.equals(removed) ? null : few;
    }
}
