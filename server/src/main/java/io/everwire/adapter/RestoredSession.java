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
     * Returns whether the adapter still has all packets since the session was restored. While middleware runs, an adapter gathers packets for
     * the client, and limits them. The server calls it immediately before {@link #join}; from now on nothing may be dropped. If it returns
     * false, the server calls {@link #abandon} and closes the connection: the client connects again and begins a new session. The default
     * returns true.
     */
    default boolean isComplete() {
        return true;
    }

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

    /**
     * Stores the session again, as before: the client disconnected again or was refused. A session that is not {@link #isComplete} is
     * forgotten.
     */
    void abandon();
}
