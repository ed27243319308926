package io.everwire;

import io.everwire.adapter.SocketCount;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends to many sockets: a server (in {@code /}), a namespace, or dynamic namespaces. Any thread may call it. */
public interface Broadcaster {
    /** Returns an operator that chooses every socket. */
    BroadcastOperator everybody();

    /** Chooses the sockets in these rooms; see {@link BroadcastOperator#to}. */
    default BroadcastOperator to(String... rooms) {
        return everybody().to(rooms);
    }

    /** Chooses the sockets in these rooms; see {@link BroadcastOperator#to}. */
    default BroadcastOperator to(Collection<String> rooms) {
        return everybody().to(rooms);
    }

    /** Chooses the sockets in these rooms; the same as {@link #to}. */
    default BroadcastOperator in(String... rooms) {
        return everybody().to(rooms);
    }

    /** Chooses the sockets in these rooms; the same as {@link #to}. */
    default BroadcastOperator in(Collection<String> rooms) {
        return everybody().to(rooms);
    }

    /** Chooses the sockets that are in none of these rooms; see {@link BroadcastOperator#except}. */
    default BroadcastOperator except(String... rooms) {
        return everybody().except(rooms);
    }

    /** Chooses the sockets that are in none of these rooms; see {@link BroadcastOperator#except}. */
    default BroadcastOperator except(Collection<String> rooms) {
        return everybody().except(rooms);
    }

    /** Chooses the sockets of this server only; see {@link BroadcastOperator#local}. */
    default BroadcastOperator local() {
        return everybody().local();
    }

    /** Sends volatile events; see {@link BroadcastOperator#asVolatile}. */
    default BroadcastOperator asVolatile() {
        return everybody().asVolatile();
    }

    /** Sends volatile events with a key; see {@link BroadcastOperator#asVolatile(String)}. */
    default BroadcastOperator asVolatile(String key) {
        return everybody().asVolatile(key);
    }

    /** Sets whether to compress; see {@link BroadcastOperator#compress}. */
    default BroadcastOperator compress(boolean compress) {
        return everybody().compress(compress);
    }

    /** Sets the timeout of calls; see {@link BroadcastOperator#timeout}. */
    default BroadcastOperator timeout(Duration timeout) {
        return everybody().timeout(timeout);
    }

    /** Sends an event to every socket; see {@link BroadcastOperator#emit}. */
    default void emit(String event, @Nullable Object... args) {
        everybody().emit(event, args);
    }

    /** Sends a message to every socket; see {@link BroadcastOperator#send}. */
    default void send(@Nullable Object message) {
        everybody().send(message);
    }

    /** Sends an event to every socket and collects their acks; see {@link BroadcastOperator#call(String, TypeToken, Object...)}. */
    default <T> CompletableFuture<AckResponses<T>> call(String event, Class<T> answer, @Nullable Object... args) {
        return everybody().call(event, answer, args);
    }

    /** Sends an event to every socket and collects their acks, for types with type arguments. */
    default <T> CompletableFuture<AckResponses<T>> call(String event, TypeToken<T> answer, @Nullable Object... args) {
        return everybody().call(event, answer, args);
    }

    /** Does the same as {@link #call(String, Class, Object...)}, under the name that the Node server uses. */
    default <T> CompletableFuture<AckResponses<T>> emitWithAck(
            String event, Class<T> answer, @Nullable Object... args) {
        return call(event, answer, args);
    }

    /** Returns every socket, on all servers; see {@link BroadcastOperator#fetchSockets}. */
    default CompletableFuture<List<RemoteSocket>> fetchSockets() {
        return everybody().fetchSockets();
    }

    /** Returns the sockets of all servers that answer in time; see {@link BroadcastOperator#fetchAvailableSockets}. */
    default CompletableFuture<RemoteSockets> fetchAvailableSockets() {
        return everybody().fetchAvailableSockets();
    }

    /** Counts every socket, on all servers; see {@link BroadcastOperator#countSockets}. */
    default CompletableFuture<SocketCount> countSockets() {
        return everybody().countSockets();
    }

    /** Adds every socket to rooms. */
    default void socketsJoin(String... rooms) {
        everybody().socketsJoin(rooms);
    }

    /** Adds every socket to rooms. */
    default void socketsJoin(Collection<String> rooms) {
        everybody().socketsJoin(rooms);
    }

    /** Removes every socket from rooms. */
    default void socketsLeave(String... rooms) {
        everybody().socketsLeave(rooms);
    }

    /** Removes every socket from rooms. */
    default void socketsLeave(Collection<String> rooms) {
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
