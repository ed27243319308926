package io.everwire.engine;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Immutable lists that mostly have one element, and then need no object beside it: null is the empty list, any object
 * but a {@code List} is the list of just this object, and a {@code List} is itself (benchmark idle). A list can
 * therefore not be an element. Each change returns another list.
 */
public final class SmallList {
    private SmallList() {}

    /** Returns the elements in the order they were added. */
    @SuppressWarnings("unchecked") // only lists that with() returned for elements of this type
    public static <T> List<T> all(@Nullable Object list) {
        if (list == null) {
            return List.of();
        }
        return list instanceof List<?> several ? (List<T>) several : List.of((T) list);
    }

    /** Returns the list with {@code added} at its end. */
    public static Object with(@Nullable Object list, Object added) {
        return list == null
                ? added
                : Stream.concat(all(list).stream(), Stream.of(added)).toList();
    }

    /** Returns the list without the elements that equal {@code removed}. */
    public static @Nullable Object without(@Nullable Object list, Object removed) {
        if (list == null || list.equals(removed)) {
            return null;
        }
        List<Object> left =
                all(list).stream().filter(element -> !element.equals(removed)).toList();
        return switch (left.size()) {
            case 0 -> null;
            case 1 -> left.get(0);
            default -> left;
        };
    }
}
