package io.everwire;

import org.jspecify.annotations.Nullable;

/**
 * A key of {@link Attributes}. Two keys of {@link #of} are different, even if their names are equal. Two {@linkplain #shared shared}
 * keys of the same name are the same key.
 *
 * @param <T> the type of the value
 */
public final class Attribute<T> {
    private final String name;
    private final @Nullable TypeToken<T> type;

    private Attribute(String name, @Nullable TypeToken<T> type) {
        this.name = name;
        this.type = type;
    }

    /** Creates a key whose value stays on this server. The name is for logs. */
    public static <T> Attribute<T> of(String name) {
        return new Attribute<>(name, null);
    }

    /**
     * Creates a key whose value other servers can read ({@link RemoteSocket#attribute}). It is sent as JSON under this name, as part
     * of {@code socket.data} of the Node server.
     */
    public static <T> Attribute<T> shared(String name, Class<T> type) {
        return shared(name, TypeToken.of(type));
    }

    /** Creates a key whose value other servers can read; see {@link #shared(String, Class)}. */
    public static <T> Attribute<T> shared(String name, TypeToken<T> type) {
        return new Attribute<>(name, type);
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /** Returns the type of a shared key, or null if the key is not shared. */
    public @Nullable TypeToken<T> type() {
        return type;
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }
}
