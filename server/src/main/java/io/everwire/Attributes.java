package io.everwire;

import org.jspecify.annotations.Nullable;

/** The values that an application keeps with a socket. They live as long as the socket. Any thread may use it. */
public interface Attributes {
    /**
     * Returns the value of a key, or null.
     *
     * @throws BadArgumentsException if the value comes from another server and does not fit the type of the key
     */
    <T> @Nullable T get(Attribute<T> key);

    /**
     * Returns the value of a key that must have one, for example because middleware set it.
     *
     * @throws IllegalStateException if the key has no value
     */
    default <T> T require(Attribute<T> key) {
        T value = get(key);
        if (value == null) {
            throw new IllegalStateException("attributes: \"" + key + "\" has no value");
        }
        return value;
    }

    /** Sets the value of a key and replaces an earlier one. */
    <T> void set(Attribute<T> key, T value);

    /** Removes the value of a key. */
    void remove(Attribute<?> key);
}
