package io.everwire.adapter;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a socket whose client may come back.
 *
 * @param pid the private id by which the client says that it is the same
 * @param id the public id of the socket, which it will have again
 * @param rooms the rooms it was in, its own among them
 * @param data what the application keeps with it
 * @param lastOffset the offset of the last packet that was sent to it, or null; whether it arrived is not known
 * @param since when it was disconnected, or a little before, in milliseconds of {@link RecoveryStore}'s clock
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
