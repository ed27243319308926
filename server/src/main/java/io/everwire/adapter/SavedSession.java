package io.everwire.adapter;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of a disconnected socket whose client may come back. Immutable.
 *
 * @param pid the private id, which proves that a client had this socket
 * @param id the public id of the socket, which it will have again
 * @param rooms its rooms, the room of its id included
 * @param data its attributes
 * @param lastOffset the offset of the last packet that was sent to it, or null; it is unknown whether the packet
 *     arrived
 * @param since the time when it was disconnected, or shortly before, in milliseconds of {@link
 *     ClusterContext#now}. This clock means nothing to another server: an adapter that stores sessions outside of the
 *     process stores the time that is left of {@link RecoveryStore.Bounds#maxDisconnectionMillis}, and sets {@code
 *     since} from it when it restores the session
 */
public record SavedSession(
        String pid,
        String id,
        Set<String> rooms,
        SavedData data,
        @Nullable String lastOffset,
        long since) {
    /** Copies the set. */
    public SavedSession {
        rooms = Set.copyOf(rooms);
    }
}
