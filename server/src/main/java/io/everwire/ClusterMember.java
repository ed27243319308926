package io.everwire;

import io.everwire.adapter.RoomListener;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to the other servers of a cluster, in one namespace: a server (in {@code /}) or a namespace. A server without a cluster
 * adapter has no others. Any thread may call it. Handlers run as handlers of sockets do, those of one namespace one at a time and in
 * order.
 */
public interface ClusterMember {
    /** Returns the number of servers, this one included. */
    CompletableFuture<Integer> serverCount();

    /**
     * Sends an event to all other servers.
     *
     * @throws IllegalArgumentException if the name is reserved
     * @throws io.everwire.json.JsonException if an argument cannot be written as JSON
     */
    void serverSideEmit(String event, @Nullable Object... args);

    /** Sends an event to all other servers and waits 5 seconds for their answers, as the Node server does. */
    default <T> CompletableFuture<ServerResponses<T>> serverSideCall(
            String event, Class<T> answer, @Nullable Object... args) {
        // As socket.io-adapter 2.5 (DEFAULT_TIMEOUT).
        return serverSideCall(Duration.ofSeconds(5), event, answer, args);
    }

    /** Sends an event to all other servers and waits for their answers; see the method with a type token. */
    default <T> CompletableFuture<ServerResponses<T>> serverSideCall(
            Duration timeout, String event, Class<T> answer, @Nullable Object... args) {
        return serverSideCall(timeout, event, TypeToken.of(answer), args);
    }

    /**
     * Sends an event to all other servers and waits for one answer of each.
     *
     * @param timeout 1 ms to 1 day
     * @param answer the type of the answers
     * @return the answers, when all have arrived or the timeout is over. Completed on a handler thread, except in {@link
     *     HandlerMode#EVENT_LOOP}
     * @throws IllegalArgumentException if the name is reserved
     * @throws io.everwire.json.JsonException if an argument cannot be written as JSON
     */
    <T> CompletableFuture<ServerResponses<T>> serverSideCall(
            Duration timeout, String event, TypeToken<T> answer, @Nullable Object... args);

    /** Adds a handler of an event that other servers send. It does not answer. */
    default Registration onServerSide(String event, Consumer<? super Arguments> handler) {
        return onServerSideCall(event, arguments -> {
            handler.accept(arguments);
            return Ack.none();
        });
    }

    /** Adds a handler of an event with one argument that other servers send. It does not answer. */
    default <T> Registration onServerSide(String event, Class<T> type, Consumer<? super @Nullable T> handler) {
        return onServerSide(event, arguments -> handler.accept(arguments.as(0, type)));
    }

    /** Adds a handler that answers other servers. If several are added, the first answer counts. */
    Registration onServerSideCall(String event, ServerSideHandler handler);

    /** Adds a listener of the rooms of this server. It must be short; see {@link RoomListener}. */
    Registration onRooms(RoomListener listener);
}
