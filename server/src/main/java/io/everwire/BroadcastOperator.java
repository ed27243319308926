package io.everwire;

import io.everwire.adapter.SocketCount;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Chooses sockets of a namespace and sends to them. Immutable: each choice returns another operator, which may be kept and shared. An
 * operator without rooms chooses every socket; one with several rooms chooses each socket in any of them once. Any thread may use it.
 */
public interface BroadcastOperator {
    /**
     * Adds the sockets in these rooms. The id of a socket is a room with this one socket.
     *
     * @throws IllegalArgumentException if no room is named: an empty list must not become a broadcast to every socket
     */
    default BroadcastOperator to(String... rooms) {
        return to(List.of(rooms));
    }

    /** Adds the sockets in these rooms; see {@link #to(String...)}. */
    BroadcastOperator to(Collection<String> rooms);

    /** Adds the sockets in these rooms; the same as {@link #to(String...)}. */
    default BroadcastOperator in(String... rooms) {
        return to(rooms);
    }

    /** Adds the sockets in these rooms; the same as {@link #to(String...)}. */
    default BroadcastOperator in(Collection<String> rooms) {
        return to(rooms);
    }

    /** Leaves out the sockets in any of these rooms; without rooms, none is left out. */
    default BroadcastOperator except(String... rooms) {
        return except(List.of(rooms));
    }

    /** Leaves out the sockets in any of these rooms; see {@link #except(String...)}. */
    BroadcastOperator except(Collection<String> rooms);

    /** Chooses the sockets of this server only, in a cluster. */
    BroadcastOperator local();

    /** Sends volatile events: they are dropped for clients that cannot take data now. See {@link SocketOperator#asVolatile}. */
    BroadcastOperator asVolatile();

    /**
     * Sends volatile events of which the newest one is kept for each client that cannot take data now; see {@link
     * SocketOperator#asVolatile(String)}.
     *
     * @param key names what the event is about, such as one player of a game
     */
    BroadcastOperator asVolatile(String key);

    /** Sets whether to compress, where the transport can. Default true. */
    BroadcastOperator compress(boolean compress);

    /**
     * Sets the timeout of calls. 1 ms to 1 day; default {@link ServerOptions#ackTimeout}.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    BroadcastOperator timeout(Duration timeout);

    /**
     * Sends an event. The arguments are written as JSON once, and the packet once for each generation. If certainly no socket is
     * chosen, nothing is written.
     *
     * @throws IllegalArgumentException if the name is reserved
     * @throws io.everwire.json.JsonException if an argument cannot be written as JSON
     */
    void emit(String event, @Nullable Object... args);

    /** Sends a message. Clients that have events receive the event {@code message}, clients 0.6 a plain message. */
    void send(@Nullable Object message);

    /** Sends an event and collects the acks; see {@link #call(String, TypeToken, Object...)}. */
    default <T> CompletableFuture<AckResponses<T>> call(String event, Class<T> answer, @Nullable Object... args) {
        return call(event, TypeToken.of(answer), args);
    }

    /**
     * Sends an event and collects the acks. A call is never volatile.
     *
     * @param answer the type of the first argument of each ack
     * @return the acks, as soon as all sockets answered or the timeout is over; at once if no socket is chosen. Completed on a handler
     *     thread, except in {@link HandlerMode#EVENT_LOOP}
     * @throws IllegalArgumentException if the name is reserved
     * @throws io.everwire.json.JsonException if an argument cannot be written as JSON
     */
    <T> CompletableFuture<AckResponses<T>> call(String event, TypeToken<T> answer, @Nullable Object... args);

    /** Does the same as {@link #call(String, Class, Object...)}, under the name that the Node server uses. */
    default <T> CompletableFuture<AckResponses<T>> emitWithAck(
            String event, Class<T> answer, @Nullable Object... args) {
        return call(event, answer, args);
    }

    /** Adds the sockets to rooms. */
    default void socketsJoin(String... rooms) {
        socketsJoin(List.of(rooms));
    }

    /** Adds the sockets to rooms. */
    void socketsJoin(Collection<String> rooms);

    /** Removes the sockets from rooms. */
    default void socketsLeave(String... rooms) {
        socketsLeave(List.of(rooms));
    }

    /** Removes the sockets from rooms. */
    void socketsLeave(Collection<String> rooms);

    /** Disconnects the sockets from the namespace. */
    default void disconnectSockets() {
        disconnectSockets(false);
    }

    /**
     * Disconnects the sockets.
     *
     * @param close whether to close the connections of their clients, too
     */
    void disconnectSockets(boolean close);

    /** Returns the chosen sockets, on all servers. Fails if a server does not answer in time, as the Node server does. */
    CompletableFuture<List<RemoteSocket>> fetchSockets();

    /** Returns the chosen sockets of all servers that answer in time, and the number of servers that do not. */
    CompletableFuture<RemoteSockets> fetchAvailableSockets();

    /**
     * Counts the chosen sockets, on all servers. For all sockets, or the sockets of one room, Java servers send each other their
     * numbers when they change: the first count asks them, and later ones cost no message. The number of a Java server is then as old
     * as the cluster's {@code countInterval}, 1 s, plus the time of one message. Node servers are asked, but not more often than
     * that. Other choices, such as two rooms or {@link #except}, cost as much as {@link #fetchAvailableSockets}.
     */
    CompletableFuture<SocketCount> countSockets();

    /** Returns the chosen sockets of this server; a snapshot. */
    Collection<Socket> sockets();
}
