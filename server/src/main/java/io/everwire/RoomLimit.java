package io.everwire;

import io.everwire.adapter.BroadcastOptions;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many rooms there are on a server, besides those that each socket has to itself. Any thread; between threads the bound is
 * approximate: a few more may slip in at one moment.
 */
final class RoomLimit {
    private final int most;
    private final AtomicInteger rooms = new AtomicInteger();

    RoomLimit(int most) {
        this.most = most;
    }

    /** Rooms came to be, or went if negative; or sockets left that had one to themselves, or came if negative. */
    void add(int more) {
        rooms.addAndGet(more);
    }

    /**
     * Which of {@code joined} are new is found out only when there is little room left.
     *
     * @throws IllegalStateException if there would be too many
     */
    void check(Namespace namespace, Collection<String> joined) {
        int before = rooms.get();
        if (before <= most - joined.size()) {
            return;
        }
        long added = Set.copyOf(joined).stream()
                .filter(room -> namespace
                        .adapter()
                        .select(BroadcastOptions.EVERYBODY.to(Set.of(room)))
                        .isEmpty())
                .count();
        if (before + added > most) {
            throw new IllegalStateException("maxRooms: there would be " + (before + added) + " rooms, of " + most);
        }
    }
}
