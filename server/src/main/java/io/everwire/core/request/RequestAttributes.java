package io.everwire.core.request;

import io.everwire.Attribute;
import io.everwire.Attributes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The attributes of one request, by the names of shared keys, or else by the keys themselves. Any thread. */
public final class RequestAttributes implements Attributes {
    /** No attributes; they cannot be set. */
    static final RequestAttributes NONE = new RequestAttributes(Map.of());

    private final Map<Object, Object> values;

    RequestAttributes() {
        this(new ConcurrentHashMap<>(2));
    }

    private RequestAttributes(Map<Object, Object> values) {
        this.values = values;
    }

    @Override
    @SuppressWarnings("unchecked") // Only values of the type of the key are stored under it.
    public <T> @Nullable T get(Attribute<T> key) {
        return (T) values.get(place(key));
    }

    @Override
    public <T> void set(Attribute<T> key, T value) {
        values.put(place(key), value);
    }

    @Override
    public void remove(Attribute<?> key) {
        values.remove(place(key));
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    private static Object place(Attribute<?> key) {
        return key.type() == null ? key : key.name();
    }
}
