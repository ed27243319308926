package io.everwire.adapter;

import io.everwire.protocol.Packet;
import java.util.Collection;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The sockets of this server in one namespace: what an adapter delivers to. Any thread may call it. */
public interface LocalSockets {
    /** Every socket. */
    Collection<? extends LocalSocket> all();

    /**
     * Sends {@code packet} to {@code receivers}, written once for each generation among them.
     *
     * @param options how it is sent; whom it is for was seen to already
     */
    void deliver(Packet packet, Collection<? extends LocalSocket> receivers, BroadcastOptions options);

    /**
     * Another server told all others something; see {@link Adapter#serverSideEmit}.
     *
     * @param reply takes this server's answer, at most one and perhaps later; null if nobody waits for one
     */
    void serverSideEvent(Packet.Event event, @Nullable Consumer<? super Packet.Ack> reply);

    /** Told by the adapter how rooms come and go. */
    RoomListener rooms();

    /**
     * As {@link #deliver}, in two steps. When this returns, what is sent to each receiver comes before all that is sent to it
     * later, but nothing was done yet: no code of the application or of a session runs. An adapter uses it to keep the order of
     * several broadcasts by a lock.
     *
     * @return to be run soon, outside any lock
     */
    Runnable enqueue(Packet packet, Collection<? extends LocalSocket> receivers, BroadcastOptions options);

    /** What the server keeps for clients that are away, or null if it keeps nothing: see {@link Adapter#persistSession}. */
    @Nullable
    RecoveryStore recovery();

    /** As {@link #deliver}, and hands on what they answer; see {@link Adapter#broadcastWithAck}. */
    CompletionStage<Void> deliverWithAck(
            Packet.Event packet,
            Collection<? extends LocalSocket> receivers,
            BroadcastOptions options,
            long timeoutMillis,
            AckCollector collector);
}
