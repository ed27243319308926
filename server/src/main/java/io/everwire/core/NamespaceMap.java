package io.everwire.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Maps from the name of a namespace to one element, in the order added. Most clients have one namespace, and then need no object beside
 * the element: null is the empty map, an element is the map of just this element, and a {@code Map} is itself (benchmark idle). With
 * many namespaces, finding one still takes one look-up. Not thread-safe.
 */
final class NamespaceMap {
    /** An element. */
    interface Element {
        /** Returns the name of its namespace. */
        String namespaceName();
    }

    private NamespaceMap() {}

    /** Returns the element of a namespace, or null. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // only elements that put() received for this map
    static <T extends Element> @Nullable T get(@Nullable Object map, String name) {
        if (map instanceof Map<?, ?> several) {
            return (T) several.get(name);
        }
        T one = (T) map;
        return one != null && one.namespaceName().equals(name) ? one : null;
    }

    /** Returns the map with {@code added}, in place of an element with the same name. */
    static Object put(@Nullable Object map, Element added) {
        if (map == null || (map instanceof Element one && one.namespaceName().equals(added.namespaceName()))) {
            return added;
        }
        Map<String, Element> several = new LinkedHashMap<>();
        if (map instanceof Element one) {
            several.put(one.namespaceName(), one);
        } else {
            several = several(map);
        }
        several.put(added.namespaceName(), added);
        return several;
    }

    /** Returns the map without {@code removed}. */
    static @Nullable Object remove(@Nullable Object map, Element removed) {
        if (map == null || map == removed) {
            return null;
        }
        if (map instanceof Element) {
            return map;
        }
        Map<String, Element> several = several(map);
        several.remove(removed.namespaceName(), removed);
        return several.size() == 1 ? several.values().iterator().next() : several;
    }

    /** Returns the number of elements. */
    static int size(@Nullable Object map) {
        return map instanceof Map<?, ?> several ? several.size() : map == null ? 0 : 1;
    }

    /** Returns the elements; a snapshot. */
    @SuppressWarnings("unchecked") // only elements that put() received for this map
    static <T extends Element> List<T> all(@Nullable Object map) {
        if (map instanceof Map<?, ?> several) {
            return (List<T>) List.copyOf(several.values());
        }
        return map == null ? List.of() : List.of((T) map);
    }

    @SuppressWarnings("unchecked") // only put() creates maps
    private static Map<String, Element> several(Object map) {
        return (Map<String, Element>) map;
    }
}
