package io.everwire;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * A type with its type arguments, which a {@code Class} cannot express: {@code new TypeToken<List<Move>>() {}}.
 *
 * @param <T> the type
 */
public abstract class TypeToken<T> {
    private final Type type;

    /** Creates a token; called by an anonymous subclass, in which the compiler records the type. */
    protected TypeToken() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType superclass)) {
            throw new IllegalStateException("TypeToken: name the type, as in new TypeToken<List<String>>() {}");
        }
        this.type = superclass.getActualTypeArguments()[0];
    }

    private TypeToken(Type type) {
        this.type = type;
    }

    /** Returns the token of a class. */
    public static <T> TypeToken<T> of(Class<T> type) {
        return new TypeToken<>(type) {};
    }

    /** Returns the token of a type that reflection found, such as that of a parameter. */
    public static TypeToken<?> ofType(Type type) {
        return new TypeToken<>(type) {};
    }

    /** Returns the type. */
    public final Type type() {
        return type;
    }
}
