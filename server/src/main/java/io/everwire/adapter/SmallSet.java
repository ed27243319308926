package io.everwire.adapter;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sets that mostly have one member and need no object of their own then (benchmark {@code idle}): null is the empty
 * set, and an object that is no {@code Set} is the set with this one member. So a set cannot be a member. Larger sets
 * can be read while they change; one thread at a time changes a set.
 */
final class SmallSet {
    private SmallSet() {}

    /** Returns the members. */
    @SuppressWarnings("unchecked") // only called with a result of with() for members of this type
    static <T> Set<T> all(@Nullable Object set) {
        if (set == null) {
            return Set.of();
        }
        return set instanceof Set<?> many ? (Set<T>) many : Set.of((T) set);
    }

    /** Returns whether {@code member} is in a set that is not empty. */
    static boolean contains(Object set, Object member) {
        return set instanceof Set<?> many ? many.contains(member) : set.equals(member);
    }

    /** Returns a set with {@code added}; a larger set is changed itself. */
    static Object with(@Nullable Object set, Object added) {
        if (set == null || set.equals(added)) {
            return added;
        }
        Set<Object> more = set instanceof Set<?> ? all(set) : ConcurrentHashMap.newKeySet();
        if (more != set) {
            more.add(set);
        }
        more.add(added);
        return more;
    }

    /** Returns a set without {@code removed}; null if it was the last member. */
    static @Nullable Object without(Object set, Object removed) {
        if (set instanceof Set<?> many) {
            many.remove(removed);
            return many.isEmpty() ? null : many;
        }
        return set.equals(removed) ? null : set;
    }
}
