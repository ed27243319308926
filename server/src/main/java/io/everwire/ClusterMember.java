package io.everwire;

import io.everwire.adapter.RoomListener;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What servers that share an adapter say to each other in one namespace: a server (in {@code /}) or a namespace. A server that is
 * alone talks to nobody. Any thread may use it; handlers run where those of sockets run, those of one namespace one at a time and in
 * order.
 */
public sealed interface ClusterMember permits SocketIoServer, Namespace {
    /** How many servers there are, this one included. */
    default CompletableFuture<Integer> serverCount() {
        return ClusterEvents.of(this).count();
    }

    /**
     * Tells an event to all other servers.
     *
     * @throws IllegalArgumentException if the name is reserved
     * @throws io.everwire.json.JsonException if an argument cannot be written as JSON
     */
    default void serverSideEmit(String event, @Nullable Object... args) {
        ClusterEvents.of(this).emit(event, args);
    }

    /** As {@link #serverSideCall(Duration, String, TypeToken, Object...)}, for 5 seconds, as the Node server waits. */
    default <T> CompletableFuture<ServerResponses<T>> serverSideCall(
            String event, Class<T> answer, @Nullable Object... args) {
        return serverSideCall(ClusterEvents.PATIENCE, event, answer, args);
    }

    /** As {@link #serverSideCall(Duration, String, TypeToken, Object...)}. */
    default <T> CompletableFuture<ServerResponses<T>> serverSideCall(
            Duration timeout, String event, Class<T> answer, @Nullable Object... args) {
        return serverSideCall(timeout, event, TypeToken.of(answer), args);
    }

    /**
     * Tells an event to all other servers and waits for one answer of each.
     *
     * @param timeout 1 ms to 1 day
     * @param answer what to make of each answer
     * @return what there is when all have answered or the timeout is over; completed on a thread that may be blocked, except in
     *     {@link HandlerMode#EVENT_LOOP}
     * @throws IllegalArgumentException if the name is reserved
     * @throws io.everwire.json.JsonException if an argument cannot be written as JSON
     */
    default <T> CompletableFuture<ServerResponses<T>> serverSideCall(
            Duration timeout, String event, TypeToken<T> answer, @Nullable Object... args) {
        return ClusterEvents.of(this).call(timeout, event, answer, args);
    }

    /** Adds a handler of an event that other servers tell. It answers nothing. */
    default Registration onServerSide(String event, Consumer<? super Arguments> handler) {
        return ClusterEvents.of(this).add(event, arguments -> {
            handler.accept(arguments);
            return EventHandler.NO_ANSWER;
        });
    }

    /** Adds a handler of an event that other servers tell, of one argument. It answers nothing. */
    default <T> Registration onServerSide(String event, Class<T> type, Consumer<? super T> handler) {
        return onServerSide(event, arguments -> handler.accept(arguments.as(0, type)));
    }

    /** Adds a handler that answers what other servers ask. Of several, the first that answers counts. */
    default Registration onServerSideCall(String event, ServerSideHandler handler) {
        return ClusterEvents.of(this).add(event, handler);
    }

    /** Adds a listener that hears how the rooms of this server come and go; it may not do much, see {@link RoomListener}. */
    default Registration onRooms(RoomListener listener) {
        return ClusterEvents.of(this).addRooms(listener);
    }
}
