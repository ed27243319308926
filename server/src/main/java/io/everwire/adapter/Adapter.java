package io.everwire.adapter;

import io.everwire.protocol.Packet;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Rooms and broadcasts of one namespace. Any thread may call it; nothing here blocks. */
public interface Adapter {
    /** The namespace stands, and what it is told from now on reaches it. Called once, before all other calls. */
    default void init() {}

    /** How many servers there are that share the namespace, this one included. */
    default CompletionStage<Integer> serverCount() {
        return CompletableFuture.completedFuture(1);
    }

    /** Tells an event to all other servers; see {@link LocalSockets#serverSideEvent}. In a server that is alone, to nobody. */
    default void serverSideEmit(Packet.Event event) {}

    /**
     * Tells an event to all other servers and waits for one answer of each.
     *
     * @return what there is when all have answered, at the latest when the timeout is over; at once if there is nobody
     */
    default CompletionStage<ClusterReplies> serverSideCall(Packet.Event event, long timeoutMillis) {
        return CompletableFuture.completedFuture(ClusterReplies.NOBODY);
    }

    /** Puts a socket of this server into rooms; those it is in already are ignored. */
    void join(LocalSocket socket, Collection<String> rooms);

    /** Takes a socket of this server out of a room; if it is not there, nothing happens. */
    void leave(LocalSocket socket, String room);

    /** Takes a socket of this server out of every room. */
    void leaveAll(LocalSocket socket);

    /** The rooms a socket of this server is in; a snapshot. */
    Set<String> rooms(LocalSocket socket);

    /**
     * Returns the rooms that have a socket of this server; a snapshot. The default collects them from the sockets; an adapter that keeps
     * an index should return its keys.
     */
    default Set<String> rooms() {
        Set<String> rooms = new HashSet<>();
        select(BroadcastOptions.EVERYBODY).forEach(socket -> rooms.addAll(socket.rooms()));
        return Set.copyOf(rooms);
    }

    /** The sockets of this server that {@code options} chooses; a snapshot. */
    Collection<? extends LocalSocket> select(BroadcastOptions options);

    /**
     * Whether anything that is sent to those whom {@code options} chooses may be for anybody, now or when they come back. If it
     * is not, no packet is made for {@link #broadcast}, which is the cheaper the more it would hold. By default true, as an
     * adapter must say that does not know the sockets of all servers.
     */
    default boolean reaches(BroadcastOptions options) {
        return true;
    }

    /** Sends {@code packet} to all that {@code options} chooses, wherever they are connected. */
    void broadcast(Packet packet, BroadcastOptions options);

    /**
     * Sends {@code packet} to all that {@code options} chooses, wherever they are connected, and hands what they answer to
     * {@code collector}: of each socket that was sent it, an answer or that there is none.
     *
     * @param packet without an ack id: each server gives it one of its own
     * @return done when nobody is waited for any more, at the latest when the timeout is over
     */
    CompletionStage<Void> broadcastWithAck(
            Packet.Event packet, BroadcastOptions options, long timeoutMillis, AckCollector collector);

    /**
     * The sockets that {@code options} chooses, wherever they are connected.
     *
     * @return fails if not all servers have answered within a time that the adapter chooses
     */
    CompletionStage<Collection<? extends SocketDetails>> fetchSockets(BroadcastOptions options);

    /** Has the sockets that {@code options} chooses join rooms, wherever they are connected. */
    void addSockets(BroadcastOptions options, Collection<String> rooms);

    /** Has the sockets that {@code options} chooses leave rooms, wherever they are connected. */
    void delSockets(BroadcastOptions options, Collection<String> rooms);

    /** Disconnects the sockets that {@code options} chooses, wherever they are connected; see {@link LocalSocket#disconnect}. */
    void disconnectSockets(BroadcastOptions options, boolean close);

    /**
     * A socket was disconnected whose client may come back: what was kept of it may be asked for until too much time has passed.
     * Called only if recovery is on ({@link LocalSockets#recovery}). By default, nothing is kept.
     */
    default void persistSession(SavedSession session) {}

    /**
     * A client came back and says whom it was and what it received last. Neither is checked yet.
     *
     * @param pid the private id
     * @param offset the offset of a packet
     * @return the session, given out to nobody else from now on; null if it is not kept, or not all that was missed. By default
     *     null
     */
    default CompletionStage<@Nullable RestoredSession> restoreSession(String pid, String offset) {
        return CompletableFuture.completedFuture(null);
    }

    /** The namespace is gone, or the server closed: no more calls come, and what it holds is let go. */
    default void close() {}

    /** Makes the adapter of a namespace. */
    @FunctionalInterface
    interface Factory {
        /** Called for each namespace, before it has sockets; again, if it was closed and comes back. */
        Adapter create(String namespace, LocalSockets sockets);
    }
}
