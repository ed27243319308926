package io.everwire;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client in one namespace. Any thread may use it. Its handlers run one at a time, in order; {@link HandlerMode} says on which
 * thread.
 */
public interface Socket extends EventRegistry, SocketOperator {
    /** Returns the public id, which other clients may know. */
    String id();

    /** Returns the namespace that it is in. */
    Namespace namespace();

    /** Returns the server that it is connected to. */
    default SocketIoServer server() {
        return namespace().server();
    }

    /** Returns the request that opened the connection, and the client's {@code auth} data. */
    Handshake handshake();

    /** Returns the current transport, by its name on the wire, for example {@code websocket}. */
    String transport();

    /**
     * Returns how often the client has connected: each WebSocket, each stream and each poll counts, as the server of Socket.IO 0.6
     * counted.
     */
    int connections();

    /** Returns the values that the application keeps with the socket. */
    Attributes attributes();

    /**
     * Returns whether it is connected: the middleware let it in, and neither side has disconnected it. A client that lost its network
     * counts as connected until the server notices.
     */
    boolean connected();

    /**
     * Returns whether its client was away and came back in time: the socket has the id, rooms and attributes that it had before, and
     * received the packets that it missed. See {@link ServerOptions.Builder#connectionStateRecovery}.
     */
    boolean recovered();

    /** Returns the rooms that it is in, its own id included once it is connected; a snapshot. */
    Set<String> rooms();

    /** Joins rooms; see {@link #join(Collection)}. */
    default void join(String... rooms) {
        join(List.of(rooms));
    }

    /**
     * Joins rooms. In middleware, it joins them when it is let in. Does nothing once disconnected.
     *
     * @throws IllegalStateException if the socket or the server would have too many rooms ({@link
     *     LimitOptions.Builder#maxRoomsPerSocket}, {@link LimitOptions.Builder#maxRooms})
     * @throws NullPointerException if a room is null
     */
    void join(Collection<String> rooms);

    /** Joins rooms; see {@link #joinAsync(Collection)}. */
    default CompletableFuture<Void> joinAsync(String... rooms) {
        return joinAsync(List.of(rooms));
    }

    /**
     * Joins rooms as {@link #join(Collection)} does, at once, and reports when broadcasts of other servers arrive, too. In
     * middleware, the result says nothing, because the rooms are joined later.
     *
     * @return done when broadcasts of all servers of the cluster arrive; without a cluster, it is done
     * @throws IllegalStateException as {@link #join(Collection)}
     */
    CompletableFuture<Void> joinAsync(Collection<String> rooms);

    /** Leaves rooms; does nothing for rooms that it is not in. */
    default void leave(String... rooms) {
        leave(List.of(rooms));
    }

    /** Leaves rooms; does nothing for rooms that it is not in. */
    void leave(Collection<String> rooms);

    /** Adds middleware. Every event of this socket passes it before its handlers are called, in the order added. */
    Registration use(EventMiddleware middleware);

    /** Adds middleware that decides later; see {@link #use}. */
    Registration useAsync(EventMiddleware.Async middleware);

    /**
     * Adds a listener of events that were not handled: middleware refused the event, a handler threw, or its stage failed. The server
     * sends nothing for it beyond the ack.
     */
    Registration onError(EventErrorListener listener);

    /** Adds a listener of events that were not handled that does not need the name of the event. */
    default Registration onError(Consumer<? super Throwable> listener) {
        return onError((socket, event, failure) -> listener.accept(failure));
    }

    /**
     * Adds a listener that is called when this socket is leaving. It is still in its rooms. Everything that the client sent before was
     * handled, unless the server ended the connection.
     */
    Registration onDisconnecting(Consumer<? super CloseReason> listener);

    /** Adds a listener that is called when this socket has left. It is in no room any more. */
    Registration onDisconnect(Consumer<? super CloseReason> listener);

    /** Adds a handler of messages; see {@link EventRegistry#onMessage(Handler.Of1)}. */
    default Registration onMessage(Consumer<? super @Nullable Object> handler) {
        return onMessage((socket, message) -> handler.accept(message));
    }

    /**
     * Sends an event to this client.
     *
     * @throws IllegalArgumentException if the name is reserved
     * @throws io.everwire.json.JsonException if an argument cannot be written as JSON
     */
    @Override
    EmitResult emit(String event, @Nullable Object... args);

    /** Sends a message to this client. Clients that have events receive the event {@code message}. */
    @Override
    EmitResult send(@Nullable Object message);

    /** Returns the number of bytes queued for the client, all its namespaces together, as of a moment ago. */
    int pressure();

    /** Adds a listener that is called, as handlers are, when no bytes are queued for the client any more. */
    Registration onDrain(Runnable listener);

    /**
     * Sends an event and waits for the ack, at most {@link ServerOptions#ackTimeout}.
     *
     * @param answer the type of the first value of the ack; {@link Arguments} for all its values
     * @return the answer; null for an empty ack, unless the type is {@link Arguments}. Fails with {@link AckTimeoutException}, {@link DisconnectedException}, {@link
     *     AcksUnsupportedException} or {@link BadArgumentsException}. Completed on a handler thread, except in {@link
     *     HandlerMode#EVENT_LOOP}; a handler of this socket may wait for it
     */
    @Override
    default <T> CompletableFuture<@Nullable T> call(String event, Class<T> answer, @Nullable Object... args) {
        return call(event, TypeToken.of(answer), args);
    }

    /** Sends an event and waits for the ack, for types with type arguments; see {@link #call(String, Class, Object...)}. */
    @Override
    <T> CompletableFuture<@Nullable T> call(String event, TypeToken<T> answer, @Nullable Object... args);

    /** Sets the timeout of calls. 1 ms to 1 day. */
    @Override
    SocketOperator timeout(Duration timeout);

    /** Chooses all other sockets of the namespace. */
    @Override
    BroadcastOperator broadcast();

    /** Disconnects it from its namespace. Other namespaces of the same client stay connected. */
    default void disconnect() {
        disconnect(false);
    }

    /**
     * Disconnects it from its namespace.
     *
     * @param close whether to disconnect the client from all its namespaces and close its connection
     */
    void disconnect(boolean close);
}
