package io.everwire;

import io.everwire.protocol.Packet;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Whether a socket is let into its namespace yet, is in it or has left, and the rooms it is in. Any thread may use it. */
final class SocketLifecycle {
    private enum State {
        /** Before the middleware: rooms are only noted down. */
        JOINING,
        CONNECTED,
        GONE
    }

    private final Socket socket;
    private final Namespace namespace;

    /** Changes guarded by this: rooms are joined only while connected, so that none is left over. */
    private volatile State state = State.JOINING;

    /** The rooms it was put into before it is let in. Guarded by this. */
    private Set<String> early;

    /** At least as many as the rooms it is in. Guarded by this. */
    private int joins;

    SocketLifecycle(Socket socket, Namespace namespace, Set<String> early) {
        this.socket = socket;
        this.namespace = namespace;
        this.early = early;
        this.joins = early.size();
    }

    boolean joining() {
        return state == State.JOINING;
    }

    boolean connected() {
        return state == State.CONNECTED;
    }

    boolean gone() {
        return state == State.GONE;
    }

    synchronized Set<String> rooms() {
        return state == State.JOINING ? Set.copyOf(early) : namespace.adapter().rooms(socket);
    }

    synchronized void join(List<String> rooms) {
        if (state == State.CONNECTED) {
            checkRooms(rooms, rooms);
            namespace.adapter().join(socket, rooms);
        } else if (state == State.JOINING) {
            Set<String> more = new LinkedHashSet<>(early);
            more.addAll(rooms);
            checkRooms(more, rooms);
            early = more;
        }
    }

    /** @param now those of {@code joined} that this call is about */
    private void checkRooms(Collection<String> joined, Collection<String> now) {
        socket.server().rooms().check(namespace, now);
        checkOwn(joined);
    }

    /** How many rooms it is in is found out only when it has joined so many that it may be too many: that costs a copy. */
    private void checkOwn(Collection<String> joined) {
        int most = socket.server().options().limits().maxRoomsPerSocket();
        joins += joined.size();
        if (joins <= most) {
            return;
        }
        Set<String> all = new HashSet<>(joined);
        if (state == State.CONNECTED) {
            all.addAll(namespace.adapter().rooms(socket));
        }
        joins = all.size();
        if (joins > most) {
            joins -= joined.size();
            throw new IllegalStateException(
                    "maxRoomsPerSocket: " + socket.id() + " would be in " + all.size() + " rooms, of " + most);
        }
    }

    void leave(String room) {
        synchronized (this) {
            if (state == State.JOINING) {
                early = new LinkedHashSet<>(early);
                early.remove(room);
                return;
            }
        }
        namespace.adapter().leave(socket, room);
    }

    /** The socket is let in, and visible from now on. */
    synchronized void enter() {
        state = State.CONNECTED;
        namespace.add(socket, early);
        early = Set.of();
    }

    /** As {@link #enter}, of one that goes on with what it had; {@code first} is given what it missed. */
    synchronized void resume(SocketRecovery recovery, Consumer<? super List<Packet>> first) {
        Set<String> rooms = new LinkedHashSet<>(early);
        rooms.add(socket.id());
        recovery.join(socket, rooms, missed -> {
            first.accept(missed);
            state = State.CONNECTED;
            namespace.add(socket);
        });
        early = Set.of();
    }

    /** The socket is not let in. */
    synchronized void turnAway() {
        state = State.GONE;
        early = Set.of();
    }

    /** The socket is disconnected, once; returns whether this call did it. Its rooms are still to be left. */
    synchronized boolean end() {
        boolean was = state == State.CONNECTED;
        state = was ? State.GONE : state;
        return was;
    }
}
