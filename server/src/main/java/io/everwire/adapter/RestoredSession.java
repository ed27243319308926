package io.everwire.adapter;

import io.everwire.protocol.Packet;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * A session that a client is restoring. No other client can restore it meanwhile. The server calls exactly one of
 * {@link #join} and {@link #abandon}, once.
 */
public interface RestoredSession {
    /** Returns the stored session. */
    SavedSession session();

    /**
     * Adds the socket that continues the session to rooms. The missed packets and the broadcasts from now on have
     * neither a gap nor an overlap.
     *
     * @param first receives the missed packets, oldest first, with their offsets. The adapter must call it once, before
     *     this method returns and before the socket is in a room. It sends the packets and adds the socket to {@link
     *     LocalSockets#all}. It runs no code of the application and does not call the adapter, so the adapter may hold
     *     a lock
     */
    void join(LocalSocket socket, Collection<String> rooms, Consumer<? super List<Packet>> first);

    /** Stores the session again, as before: the client disconnected again or was refused. */
    void abandon();
}
