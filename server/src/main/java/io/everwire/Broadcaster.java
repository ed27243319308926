package io.everwire;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What can send to many sockets: a server (in {@code /}), a namespace, or a family of namespaces. Any thread may use it. */
public sealed interface Broadcaster permits SocketIoServer, Namespace, DynamicNamespaces {
    /** Chooses every socket. */
    BroadcastOperator everybody();

    /** Chooses the sockets in these rooms; see {@link BroadcastOperator#to}. */
    default BroadcastOperator to(String... rooms) {
        return everybody().to(rooms);
    }

    /** The same as {@link #to}. */
    default BroadcastOperator in(String... rooms) {
        return everybody().to(rooms);
    }

    /** Chooses the sockets that are in none of these rooms; see {@link BroadcastOperator#except}. */
    default BroadcastOperator except(String... rooms) {
        return everybody().except(rooms);
    }

    /** Chooses the sockets of this server only; see {@link BroadcastOperator#local}. */
    default BroadcastOperator local() {
        return everybody().local();
    }

    /** For what is not worth waiting; see {@link BroadcastOperator#asVolatile}. */
    default BroadcastOperator asVolatile() {
        return everybody().asVolatile();
    }

    /** Whether to compress what is sent; see {@link BroadcastOperator#compress}. */
    default BroadcastOperator compress(boolean worthwhile) {
        return everybody().compress(worthwhile);
    }

    /** Sets how long calls wait; see {@link BroadcastOperator#timeout}. */
    default BroadcastOperator timeout(Duration wait) {
        return everybody().timeout(wait);
    }

    /** Sends an event to every socket; see {@link BroadcastOperator#emit}. */
    default void emit(String event, @Nullable Object... args) {
        everybody().emit(event, args);
    }

    /** Sends a message to every socket; see {@link BroadcastOperator#send}. */
    default void send(@Nullable Object message) {
        everybody().send(message);
    }

    /** Sends an event and expects an answer of every socket; see {@link BroadcastOperator#call(String, Class, Object...)}. */
    default <T> CompletableFuture<AckResponses<T>> call(String event, Class<T> answer, @Nullable Object... args) {
        return everybody().call(event, answer, args);
    }

    /** As {@link #call(String, Class, Object...)}, for answers of a type that a class cannot say. */
    default <T> CompletableFuture<AckResponses<T>> call(String event, TypeToken<T> answer, @Nullable Object... args) {
        return everybody().call(event, answer, args);
    }

    /** Finds every socket, on whatever server it is; see {@link BroadcastOperator#fetchSockets}. */
    default CompletableFuture<List<RemoteSocket>> fetchSockets() {
        return everybody().fetchSockets();
    }

    /** Has every socket join rooms. */
    default void socketsJoin(String... rooms) {
        everybody().socketsJoin(rooms);
    }

    /** Has every socket leave rooms. */
    default void socketsLeave(String... rooms) {
        everybody().socketsLeave(rooms);
    }

    /** Disconnects every socket from the namespace. */
    default void disconnectSockets() {
        everybody().disconnectSockets();
    }

    /** Disconnects every socket; see {@link BroadcastOperator#disconnectSockets(boolean)}. */
    default void disconnectSockets(boolean close) {
        everybody().disconnectSockets(close);
    }
}
