package io.everwire;

import io.everwire.json.RawJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of one event or ack. They are JSON until they are read as a type. Immutable; any thread may read it. */
public interface Arguments {
    /** Returns the number of arguments. */
    int size();

    /**
     * Reads one argument as a type.
     *
     * @param index from 0
     * @return the value; null for JSON null
     * @throws BadArgumentsException if the argument is missing or does not fit the type. If a handler throws it, the client
     *     receives no ack, or one with an error; see {@link ServerOptions.Builder#errorAcks}
     */
    <T> @Nullable T as(int index, TypeToken<T> type);

    /** Reads one argument as a type; see {@link #as(int, TypeToken)}. */
    default <T> @Nullable T as(int index, Class<T> type) {
        return as(index, TypeToken.of(type));
    }

    /** Reads all arguments as maps, lists, strings, numbers, booleans and nulls. A new list. */
    List<@Nullable Object> all();

    /** Returns all arguments as JSON, to pass them on without reading them: {@code emit(event, arguments.raw().toArray())}. A new list. */
    List<RawJson> raw();
}
