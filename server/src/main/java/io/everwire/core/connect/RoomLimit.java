package io.everwire.core.connect;

import io.everwire.LimitOptions;
import io.everwire.adapter.Adapter;
import io.everwire.adapter.BroadcastOptions;
import io.everwire.engine.LimitLog;
import io.everwire.protocol.ReachedLimit;
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
    private final LimitLog log;
    private final AtomicInteger rooms = new AtomicInteger();

    /**
     * @param limits {@code maxRooms} and {@code maxRoomNameLength}
     * @param log receives the limits that were reached; the exception goes to the application's code
     */
    public RoomLimit(LimitOptions limits, LimitLog log) {
        this.log = log;
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
                throw reached(
                        new ReachedLimit("maxRoomNameLength", maxNameLength, name.length()),
                        "the name of a room has " + name.length() + " characters");
            }
        }
    }

    /** Reports a limit and returns the exception for the application's code that reached it. */
    IllegalStateException reached(ReachedLimit reached, String reason) {
        log.report(reached, "a room was not joined");
        return new IllegalStateException(reached.option() + ": " + reason + ", the limit is " + reached.limit());
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
            long rooms = before + added;
            throw reached(new ReachedLimit("maxRooms", max, rooms), "the server would have " + rooms + " rooms");
        }
    }
}
