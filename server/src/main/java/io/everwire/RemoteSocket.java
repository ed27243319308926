package io.everwire;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A socket of any server of a cluster, as {@code fetchSockets} found it. Its data is a snapshot; its methods reach the socket on its
 * server. Any thread may use it.
 */
public interface RemoteSocket {
    /** Returns the public id. */
    String id();

    /** Returns the namespace that it is in. */
    Namespace namespace();

    /** Returns the rooms that it was in when it was found. */
    Set<String> rooms();

    /**
     * Returns the request that opened its connection. For a socket of a Node server, generation and transport are empty. The port of
     * the address is unknown.
     */
    Handshake handshake();

    /**
     * Returns the value of a shared key, or null. For a socket of another server it is the value when the socket was found, for a
     * socket of this server the current one.
     *
     * @throws IllegalArgumentException if the key is not {@linkplain Attribute#shared shared}
     * @throws BadArgumentsException if the value does not fit the type of the key
     */
    <T> @Nullable T attribute(Attribute<T> key);

    /** Sends an event to it. */
    void emit(String event, @Nullable Object... args);

    /** Sends a message to it. */
    void send(@Nullable Object message);

    /** Returns the same socket with another timeout of calls. 1 ms to 1 day; default {@link ServerOptions#ackTimeout}. */
    RemoteSocket timeout(Duration timeout);

    /**
     * Sends an event and waits for the ack; see {@link Socket#call(String, Class, Object...)}.
     *
     * @return the answer; null for an empty ack. Fails with {@link AckTimeoutException} if no answer came, for any reason
     */
    <T> CompletableFuture<@Nullable T> call(String event, Class<T> answer, @Nullable Object... args);

    /** Does the same as {@link #call}, under the name that the Node server uses. */
    default <T> CompletableFuture<@Nullable T> emitWithAck(String event, Class<T> answer, @Nullable Object... args) {
        return call(event, answer, args);
    }

    /** Adds it to rooms. */
    default void join(String... rooms) {
        join(List.of(rooms));
    }

    /** Adds it to rooms. */
    void join(Collection<String> rooms);

    /** Removes it from rooms. */
    default void leave(String... rooms) {
        leave(List.of(rooms));
    }

    /** Removes it from rooms. */
    void leave(Collection<String> rooms);

    /** Disconnects it from its namespace. */
    default void disconnect() {
        disconnect(false);
    }

    /**
     * Disconnects it from its namespace.
     *
     * @param close whether to close the connection of its client, too
     */
    void disconnect(boolean close);
}
