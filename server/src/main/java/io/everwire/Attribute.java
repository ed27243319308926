package io.everwire;

/**
 * The key of something an application keeps with a socket. Two keys are different even if their names are equal.
 *
 * @param <T> what is kept
 */
@SuppressWarnings("UnusedTypeParameter") // it ties a key to what is kept under it
public final class Attribute<T> {
    private final String name;

    private Attribute(String name) {
        this.name = name;
    }

    /** A new key; the name is for people. */
    public static <T> Attribute<T> of(String name) {
        return new Attribute<>(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
