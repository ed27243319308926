package io.everwire.core.connect;

import io.everwire.LimitOptions;
import io.everwire.adapter.Adapter;
import io.everwire.adapter.BroadcastOptions;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Limits the number of rooms of a server, without the room of each socket. Any thread; the limit is approximate: some more rooms may be
 * created at one moment.
 */
public final class RoomLimit {
    private final int max;
    private final int maxNameLength;
    private final AtomicInteger rooms = new AtomicInteger();

    /** @param limits {@code maxRooms} and {@code maxRoomNameLength} */
    public RoomLimit(LimitOptions limits) {
        this.max = limits.maxRooms();
        this.maxNameLength = limits.maxRoomNameLength();
    }

    /**
     * Checks the lengths of names.
     *
     * @throws IllegalStateException if one is too long
     */
    void checkNames(Collection<String> joined) {
        for (String name : joined) {
            if (name.length() > maxNameLength) {
                throw new IllegalStateException("maxRoomNameLength: the name of a room has " + name.length()
                        + " characters, the limit is " + maxNameLength);
            }
        }
    }

    /** Adds {@code delta} to the number of rooms. */
    public void add(int delta) {
        rooms.addAndGet(delta);
    }

    /**
     * Checks that rooms may be joined. It looks for existing rooms only near the limit.
     *
     * @throws IllegalStateException if the server would have too many rooms
     */
    public void check(Adapter adapter, Collection<String> joined) {
        int before = rooms.get();
        if (before <= max - joined.size()) {
            return;
        }
        long added = Set.copyOf(joined).stream()
                .filter(room -> adapter.select(BroadcastOptions.EVERYBODY.to(Set.of(room)))
                        .isEmpty())
                .count();
        if (before + added > max) {
            throw new IllegalStateException(
                    "maxRooms: the server would have " + (before + added) + " rooms, the limit is " + max);
        }
    }
}
