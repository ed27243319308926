package io.everwire.adapter;

import io.everwire.protocol.Packet;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** A session on its way back: nobody else can have it meanwhile. It ends with one of the two calls. */
public interface RestoredSession {
    /** What was kept. */
    SavedSession session();

    /**
     * Puts the socket that goes on with the session into rooms. Between what it missed and what is broadcast from now on there
     * is neither a gap nor an overlap.
     *
     * @param first called once, before this returns: given what was missed, oldest first, with the offsets, it sends that and
     *     makes the socket one of {@link LocalSockets}. Runs nothing of the application, and does not call the adapter
     */
    void join(LocalSocket socket, Collection<String> rooms, Consumer<? super List<Packet>> first);

    /** It did not come to that, because its client went away again or was refused: the session is kept as before. */
    void abandon();
}
