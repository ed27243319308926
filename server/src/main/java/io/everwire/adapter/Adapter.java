package io.everwire.adapter;

import io.everwire.protocol.Packet;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The rooms and broadcasts of one namespace. Implemented by adapters, called by the server.
 *
 * <p>Threads: every method but {@link #init} and {@link #close} may be called on any thread, by several threads at a
 * time, also for the same socket. No method may block: many calls run on the event loop or inside a lock of the server.
 * A result that needs other servers is a stage; it may be completed on any thread. A method that fails throws, or
 * returns a failed stage; the caller of the server's API receives the exception.
 *
 * <p>Order: two broadcasts that one thread sends, one after the other, reach each socket in this order. Broadcasts of
 * several threads may reach two sockets in different orders. {@link #broadcast} has passed the packet to this server's
 * sockets when it returns; other servers may receive it later, but in the same order.
 *
 * <p>Sockets: the adapter receives only sockets of its own server, as {@link LocalSocket}. A socket is part of {@link
 * LocalSockets#all} before it joins the first room, which is the room of its own id. When it is disconnected, it is
 * removed from {@code all} first; it leaves its rooms after the listeners of {@code disconnecting} were called. After
 * {@link #leaveAll} the server does not call {@link #join} for this socket any more. {@link #leave} and {@link
 * #rooms(LocalSocket)} may still be called and find no room.
 *
 * <p>The server never makes these calls: {@link #join}, {@link #leave} or {@link #leaveAll} for a socket of another
 * server; any method before {@link #init}; {@link #persistSession} or {@link #restoreSession} without connection state
 * recovery.
 *
 * <p>An event to one socket does not pass the adapter, unless connection state recovery is on: then it is a
 * {@link #broadcast} to the room of the socket's id, so that the adapter can store it.
 */
public interface Adapter {
    /** A stage that is done. */
    CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

    /**
     * Called once, before all other calls and before the namespace has sockets. From now on the adapter may pass on
     * events of other servers.
     */
    default void init() {}

    /**
     * Returns a stage that is done when events of other servers arrive. The server reads it after {@link #init}, and
     * answers a client that joins the namespace only when it is done. So an adapter completes it normally after a time
     * that it limits itself, also if the other servers cannot be reached.
     */
    default CompletionStage<Void> ready() {
        return DONE;
    }

    /** Returns the number of servers that share the namespace, this one included. */
    default CompletionStage<Integer> serverCount() {
        return CompletableFuture.completedFuture(1);
    }

    /**
     * Sends an event to all other servers, where it is passed to {@link LocalSockets#serverSideEvent}. Does nothing if
     * the server is alone.
     */
    default void serverSideEmit(Packet.Event event) {}

    /**
     * Sends an event to all other servers and collects one reply of each.
     *
     * @param event without an ack id
     * @return the replies, when all servers have replied or the timeout is over; at once if the server is alone
     */
    default CompletionStage<ClusterReplies> serverSideCall(Packet.Event event, long timeoutMillis) {
        return CompletableFuture.completedFuture(ClusterReplies.NOBODY);
    }

    /**
     * Adds a socket of this server to rooms; ignores rooms that it is in already. Calls {@link LocalSockets#rooms} for
     * each change. When the method returns, the socket receives the broadcasts of this server.
     *
     * @return done when it receives the broadcasts of other servers, too
     */
    CompletionStage<Void> join(LocalSocket socket, Collection<String> rooms);

    /**
     * Removes a socket of this server from a room; does nothing if it is not in the room. Calls {@link
     * LocalSockets#rooms} for a change.
     */
    void leave(LocalSocket socket, String room);

    /** Removes a socket of this server from all its rooms. Calls {@link LocalSockets#rooms} for each change. */
    void leaveAll(LocalSocket socket);

    /** Returns the rooms of a socket of this server; a snapshot. */
    Set<String> rooms(LocalSocket socket);

    /**
     * Returns the rooms that have a socket of this server; a snapshot. The default collects them from the sockets; an
     * adapter that keeps an index should return its keys.
     */
    default Set<String> rooms() {
        Set<String> rooms = new HashSet<>();
        select(BroadcastOptions.EVERYBODY).forEach(socket -> rooms.addAll(socket.rooms()));
        return Set.copyOf(rooms);
    }

    /**
     * Returns the sockets of this server that {@code options} chooses, each once. May be a live view: a caller that
     * changes rooms copies it.
     */
    Collection<? extends LocalSocket> select(BroadcastOptions options);

    /**
     * Returns whether a packet to the sockets that {@code options} chooses may reach any client, now or after its
     * recovery. If not, the server does not write the packet and does not call {@link #broadcast}, which saves the most
     * for large packets. Default true: an adapter that does not know the sockets of all servers must return true.
     */
    default boolean reaches(BroadcastOptions options) {
        return true;
    }

    /** Sends {@code packet} to all sockets that {@code options} chooses, on all servers. */
    void broadcast(Packet packet, BroadcastOptions options);

    /**
     * Sends {@code packet} to all sockets that {@code options} chooses, on all servers, and passes their acks to {@code
     * collector}. For each socket that was sent the packet, the collector receives an ack or that it is missing.
     *
     * @param packet without an ack id: each server sets its own
     * @return done when no ack is missing any more, at the latest when the timeout is over
     */
    CompletionStage<Void> broadcastWithAck(
            Packet.Event packet, BroadcastOptions options, long timeoutMillis, AckCollector collector);

    /**
     * Returns the sockets that {@code options} chooses, on all servers.
     *
     * @return done when all servers have answered, at the latest after a time that the adapter chooses; it says then how
     *     many are missing
     */
    CompletionStage<FetchedSockets> fetchSockets(BroadcastOptions options);

    /**
     * Counts the sockets that {@code options} chooses, on all servers. The default fetches them; an adapter that can count
     * without a request to each server should do so.
     */
    default CompletionStage<SocketCount> countSockets(BroadcastOptions options) {
        return fetchSockets(options)
                .thenApply(found -> new SocketCount(found.sockets().size(), found.missing()));
    }

    /** Adds the sockets that {@code options} chooses to rooms, on all servers; see {@link LocalSocket#join}. */
    void addSockets(BroadcastOptions options, Collection<String> rooms);

    /** Removes the sockets that {@code options} chooses from rooms, on all servers; see {@link LocalSocket#leave}. */
    void delSockets(BroadcastOptions options, Collection<String> rooms);

    /** Disconnects the sockets that {@code options} chooses, on all servers; see {@link LocalSocket#disconnect}. */
    void disconnectSockets(BroadcastOptions options, boolean close);

    /**
     * Stores the session of a socket that was disconnected and whose client may come back. It may be restored until
     * {@link RecoveryStore.Bounds#maxDisconnectionMillis} are over. Called only if recovery is on, that is if {@link
     * LocalSockets#recovery} is not null. The default stores nothing.
     */
    default void persistSession(SavedSession session) {}

    /**
     * Restores a stored session, for a client that comes back. The client names its session and the last packet that it
     * received; the server has checked neither.
     *
     * @param pid the private id of the session, as sent by the client
     * @param offset the offset of the last packet, as sent by the client
     * @return the session, which no other client can restore from now on; null if the session is not stored, or some of
     *     the packets that it missed are not stored. The default returns null
     */
    default CompletionStage<@Nullable RestoredSession> restoreSession(String pid, String offset) {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * Called when the namespace was removed or the server is closed; again, if the server is closed again. The adapter
     * releases its resources. Calls that run on other threads may still arrive and must not fail.
     *
     * @return done when the last messages are sent and the resources are released; the server waits for it, but not
     *     longer than its time to close
     */
    default CompletionStage<Void> close() {
        return DONE;
    }

    /** Creates the adapters of a server. A factory that keeps connections serves one server, between start and stop. */
    @FunctionalInterface
    interface Factory {
        /**
         * Creates the adapter of a namespace. Called for each namespace, before it has sockets; called again if a
         * namespace was removed and is created again.
         *
         * @param namespace the name, with its leading slash
         * @param sockets the sockets of this server; only {@link LocalSockets#rooms} and {@link LocalSockets#recovery}
         *     may be called before {@link Adapter#init}
         */
        Adapter create(String namespace, LocalSockets sockets);

        /** Called once, before the first {@link #create}. It must not block. */
        default void start(ClusterContext context) {}

        /**
         * Called after all adapters were closed. The factory closes its connections; again, if the server is closed again.
         *
         * @return done when they are closed; the server waits for it, but not longer than its time to close
         */
        default CompletionStage<Void> stop() {
            return DONE;
        }

        /** Returns the present state of the connection to the other servers. */
        default ClusterState state() {
            return ClusterState.ALONE;
        }
    }
}
