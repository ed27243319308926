package io.everwire;

import org.jspecify.annotations.Nullable;

/**
 * The key of something an application keeps with a socket. Two keys of {@link #of} are different even if their names are equal;
 * of two {@linkplain #shared shared} ones, equal names mean the same.
 *
 * @param <T> what is kept
 */
public final class Attribute<T> {
    private final String name;
    private final @Nullable TypeToken<T> type;

    private Attribute(String name, @Nullable TypeToken<T> type) {
        this.name = name;
        this.type = type;
    }

    /** A new key for what stays on this server; the name is for people. */
    public static <T> Attribute<T> of(String name) {
        return new Attribute<>(name, null);
    }

    /**
     * A key for what other servers may know, see {@link RemoteSocket#attribute}: it travels as JSON under this name, among the
     * {@code data} of the Node server's sockets.
     */
    public static <T> Attribute<T> shared(String name, Class<T> type) {
        return shared(name, TypeToken.of(type));
    }

    /** As {@link #shared(String, Class)}. */
    public static <T> Attribute<T> shared(String name, TypeToken<T> type) {
        return new Attribute<>(name, type);
    }

    /** What a value of this key is read as, or null if it never becomes JSON. */
    @Nullable
    TypeToken<T> type() {
        return type;
    }

    /** What it stands under: its name if it is shared, else itself. */
    Object place() {
        return type == null ? this : name;
    }

    @Override
    public String toString() {
        return name;
    }
}
