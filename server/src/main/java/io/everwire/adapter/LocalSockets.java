package io.everwire.adapter;

import io.everwire.protocol.Packet;
import java.util.Collection;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of this server in one namespace. The server implements it; an adapter delivers packets to it. Any thread
 * may call it; before {@link Adapter#init}, an adapter may call {@link #rooms} and {@link #recovery} only. No method
 * blocks.
 */
public interface LocalSockets {
    /** Returns every connected socket; a live, unmodifiable view. */
    Collection<? extends LocalSocket> all();

    /**
     * Sends {@code packet} to {@code receivers}. The packet is encoded once for each generation among them. Listeners
     * of outgoing events may be called before it returns, so an adapter must not hold a lock.
     *
     * @param receivers sockets of this namespace; disconnected ones are skipped
     * @param options the flags; the choice of sockets is ignored
     */
    void deliver(Packet packet, Collection<? extends LocalSocket> receivers, BroadcastOptions options);

    /**
     * Passes an event of another server to the handlers of this one; see {@link Adapter#serverSideEmit}.
     *
     * @param reply receives the reply of this server, at most once, on any thread, perhaps later; null if the other
     *     server expects none
     */
    void serverSideEvent(Packet.Event event, @Nullable Consumer<? super Packet.Ack> reply);

    /**
     * Returns the listener that the adapter must call when the rooms of this server change; see {@link RoomListener}
     * for the order.
     */
    RoomListener rooms();

    /**
     * Sends {@code packet} as {@link #deliver}, in two steps. When this method returns, the packet has its place: each
     * receiver gets it before all packets that are sent later. Nothing was written yet, and no code of the application
     * or of a session has run. So an adapter may call it inside a lock, to keep the order of several broadcasts.
     *
     * @return sends the packet; must be run soon, once, outside any lock
     */
    Runnable enqueue(Packet packet, Collection<? extends LocalSocket> receivers, BroadcastOptions options);

    /**
     * Returns the store of the server for connection state recovery, or null if it is off. With null, {@link
     * Adapter#persistSession} and {@link Adapter#restoreSession} are not called. An adapter that stores packets and sessions itself
     * uses its {@link RecoveryStore#bounds}, and creates its {@link MemoryAdapter} without a store.
     */
    @Nullable
    RecoveryStore recovery();

    /**
     * Sends {@code packet} as {@link #deliver}, with an ack id of this server, and passes the acks to {@code
     * collector}; see {@link Adapter#broadcastWithAck}.
     *
     * @return done when no ack of this server is missing any more, at the latest when the timeout is over
     */
    CompletionStage<Void> deliverWithAck(
            Packet.Event packet,
            Collection<? extends LocalSocket> receivers,
            BroadcastOptions options,
            long timeoutMillis,
            AckCollector collector);
}
