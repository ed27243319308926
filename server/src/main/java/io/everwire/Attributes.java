package io.everwire;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What an application keeps with a socket. Any thread may use it; it lives as long as the socket. */
public final class Attributes {
    private final Map<Attribute<?>, Object> values = new ConcurrentHashMap<>(4);

    Attributes() {}

    /** What is kept under a key, or null. */
    @SuppressWarnings("unchecked") // put in with the same key
    public <T> @Nullable T of(Attribute<T> key) {
        return (T) values.get(key);
    }

    /**
     * What is kept under a key, for what must be there: because middleware put it there before the socket was let in.
     *
     * @throws IllegalStateException if nothing is
     */
    public <T> T require(Attribute<T> key) {
        T value = of(key);
        if (value == null) {
            throw new IllegalStateException("attributes: nothing is kept under \"" + key + "\"");
        }
        return value;
    }

    /** Keeps {@code value} under a key instead of what was there. */
    public <T> void set(Attribute<T> key, T value) {
        values.put(key, value);
    }

    /** Forgets what is kept under a key. */
    public void remove(Attribute<?> key) {
        values.remove(key);
    }
}
