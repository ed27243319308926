package io.everwire;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * A type with its type arguments, for what a {@code Class} cannot say: {@code new TypeToken<List<Move>>() {}}.
 *
 * @param <T> the type
 */
public abstract class TypeToken<T> {
    private final Type type;

    /** For anonymous subclasses, which is how the compiler is made to write the type down. */
    protected TypeToken() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType superclass)) {
            throw new IllegalStateException("TypeToken: name the type, as in new TypeToken<List<String>>() {}");
        }
        this.type = superclass.getActualTypeArguments()[0];
    }

    private TypeToken(Type type) {
        this.type = type;
    }

    /** The token of a plain class, to stand beside others. */
    public static <T> TypeToken<T> of(Class<T> type) {
        return new TypeToken<>(type) {};
    }

    /** The type itself. */
    public final Type type() {
        return type;
    }
}
