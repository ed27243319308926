package io.everwire;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A type with its type arguments, which a {@code Class} cannot express: {@code new TypeToken<List<Move>>() {}}. A token may also say
 * that a value may be null: {@code new TypeToken<@Nullable String>() {}} with an annotation of this name on the use of the type, such as
 * JSpecify's, or {@link #nullable(Class)}.
 *
 * @param <T> the type
 */
public abstract class TypeToken<T extends @Nullable Object> {
    private final Type type;
    private final boolean nullable;

    /** Creates a token; called by an anonymous subclass, in which the compiler records the type. */
    protected TypeToken() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType superclass)) {
            throw new IllegalStateException("TypeToken: name the type, as in new TypeToken<List<String>>() {}");
        }
        this.type = superclass.getActualTypeArguments()[0];
        this.nullable = getClass().getAnnotatedSuperclass() instanceof AnnotatedParameterizedType annotated
                && isNullable(annotated.getAnnotatedActualTypeArguments()[0]);
    }

    private TypeToken(Type type, boolean nullable) {
        this.type = type;
        this.nullable = nullable;
    }

    private static boolean isNullable(AnnotatedType type) {
        return Arrays.stream(type.getAnnotations())
                .anyMatch(annotation ->
                        annotation.annotationType().getSimpleName().equals("Nullable"));
    }

    /** Returns the token of a class. */
    public static <T> TypeToken<T> of(Class<T> type) {
        return new TypeToken<>(type, false) {};
    }

    /** Returns the token of a class whose value may be null: a handler receives null if the client sent JSON null. */
    public static <T> TypeToken<@Nullable T> nullable(Class<T> type) {
        return new TypeToken<@Nullable T>(type, true) {};
    }

    /** Returns the token of a type whose value may be null, as {@link #nullable(Class)}. */
    public static <T> TypeToken<@Nullable T> nullable(TypeToken<T> type) {
        return new TypeToken<@Nullable T>(type.type(), true) {};
    }

    /** Returns the token of a type that reflection found, such as that of a parameter. */
    public static TypeToken<?> ofType(Type type) {
        return new TypeToken<>(type, false) {};
    }

    /** Returns whether a value may be null. */
    public final boolean isNullable() {
        return nullable;
    }

    /** Returns the type. */
    public final Type type() {
        return type;
    }
}
