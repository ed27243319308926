package io.everwire;

import io.everwire.json.RawJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one event or ack. They are JSON until they are read as a type. They do not change; any thread may use it.
 */
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
    <T extends @Nullable Object> @Nullable T as(int index, TypeToken<T> type);

    /** Reads one argument as a type; see {@link #as(int, TypeToken)}. */
    default <T> @Nullable T as(int index, Class<T> type) {
        return as(index, TypeToken.of(type));
    }

    /**
     * Reads one argument as a type, as {@link #as(int, TypeToken)}, if it must not be null.
     *
     * @throws BadArgumentsException also if the argument is null
     */
    default <T extends @Nullable Object> T require(int index, TypeToken<T> type) {
        T value = as(index, type);
        if (value == null) {
            throw new BadArgumentsException("argument " + (index + 1) + " is null");
        }
        return value;
    }

    /** Reads one argument as a type, if it must not be null; see {@link #require(int, TypeToken)}. */
    default <T> T require(int index, Class<T> type) {
        return require(index, TypeToken.of(type));
    }

    /** Reads all arguments as maps, lists, strings, numbers, booleans and nulls. A new list. */
    List<@Nullable Object> all();

    /** Returns all arguments as JSON, to pass them on without reading them: {@code emit(event, arguments.raw().toArray())}. A new list. */
    List<RawJson> raw();

    /** Returns whether the client waits for an ack of this event. False for the values of an ack. */
    default boolean ackRequested() {
        return false;
    }

    /**
     * Sends the ack now, while the handler goes on or after it. Usually a handler returns the ack instead. The first ack of an event
     * counts; this method does nothing if there was one, or if the client did not ask for one. A handler that calls it after its
     * return must return a {@link java.util.concurrent.CompletionStage}, which may be one that never completes: for any other result
     * the server has sent an ack by then. A value that cannot be written is logged.
     *
     * @param values the values of the ack, in order
     */
    default void ack(@Nullable Object... values) {}
}
