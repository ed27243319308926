package io.everwire.adapter;

import io.everwire.protocol.Packet;
import java.util.Collection;
import java.util.concurrent.CompletionStage;

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

    /** As {@link #deliver}, and hands on what they answer; see {@link Adapter#broadcastWithAck}. */
    CompletionStage<Void> deliverWithAck(
            Packet.Event packet,
            Collection<? extends LocalSocket> receivers,
            BroadcastOptions options,
            long timeoutMillis,
            AckCollector collector);
}
