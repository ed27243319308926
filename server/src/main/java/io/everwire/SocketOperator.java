package io.everwire;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sends to one socket with flags, or chooses other sockets with the same flags. Immutable: each flag returns another operator, which
 * may be kept and shared. Any thread may use it.
 */
public interface SocketOperator {
    /**
     * Sets the timeout of calls. 1 ms to 1 day; default {@link ServerOptions#ackTimeout}.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    SocketOperator timeout(Duration timeout);

    /**
     * Sends volatile events: an event is dropped if the client cannot take data now, because it polls and no poll is pending, or
     * because it reads too slowly. A call is never volatile.
     */
    SocketOperator asVolatile();

    /**
     * Sends volatile events of which the newest one is kept: if the client cannot take data now, an event takes the place of an
     * earlier one with the same key in this namespace, and is sent as soon as the client can take it. The events of several keys are
     * then sent in the order in which the keys were first kept, after all reliable events. At most {@link
     * LimitOptions.Builder#maxVolatileKeys} keys are kept for a client; the kept bytes count for {@link
     * ServerOptions.Builder#maxQueuedBytes}. Beyond these limits an event is dropped. A call is never volatile.
     *
     * @param key names what the event is about, such as one player of a game
     */
    SocketOperator asVolatile(String key);

    /** Sets whether to compress, where the transport can. Default true. */
    SocketOperator compress(boolean compress);

    /** Chooses all other sockets of the namespace, with the flags of this operator; see {@link Socket#broadcast}. */
    BroadcastOperator broadcast();

    /** Chooses the other sockets in these rooms, with the flags of this operator; see {@link Socket#to}. */
    default BroadcastOperator to(String... rooms) {
        return broadcast().to(rooms);
    }

    /** Chooses the other sockets in these rooms, with the flags of this operator; see {@link Socket#to}. */
    default BroadcastOperator to(Collection<String> rooms) {
        return broadcast().to(rooms);
    }

    /** Chooses the other sockets in these rooms; the same as {@link #to}. */
    default BroadcastOperator in(String... rooms) {
        return broadcast().to(rooms);
    }

    /** Chooses the other sockets in these rooms; the same as {@link #to}. */
    default BroadcastOperator in(Collection<String> rooms) {
        return broadcast().to(rooms);
    }

    /** Chooses the other sockets that are in none of these rooms, with the flags of this operator. */
    default BroadcastOperator except(String... rooms) {
        return broadcast().except(rooms);
    }

    /** Chooses the other sockets that are in none of these rooms, with the flags of this operator. */
    default BroadcastOperator except(Collection<String> rooms) {
        return broadcast().except(rooms);
    }

    /** Chooses the other sockets of this server, with the flags of this operator; see {@link BroadcastOperator#local}. */
    default BroadcastOperator local() {
        return broadcast().local();
    }

    /** Sends an event; see {@link Socket#emit}. */
    EmitResult emit(String event, @Nullable Object... args);

    /** Sends a message; see {@link Socket#send}. */
    EmitResult send(@Nullable Object message);

    /** Sends an event and waits for the ack; see {@link Socket#call(String, Class, Object...)}. */
    default <T> CompletableFuture<@Nullable T> call(String event, Class<T> answer, @Nullable Object... args) {
        return call(event, TypeToken.of(answer), args);
    }

    /** Sends an event and waits for the ack; see {@link Socket#call(String, Class, Object...)}. */
    <T> CompletableFuture<@Nullable T> call(String event, TypeToken<T> answer, @Nullable Object... args);

    /** Does the same as {@link #call(String, Class, Object...)}, under the name that the Node server uses. */
    default <T> CompletableFuture<@Nullable T> emitWithAck(String event, Class<T> answer, @Nullable Object... args) {
        return call(event, answer, args);
    }
}
