package io.everwire.core.connect;

import io.everwire.adapter.Adapter;
import io.everwire.protocol.Packet;
import io.everwire.protocol.ReachedLimit;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The state of one socket (joining, connected, disconnected) and the rooms that it is in. Any thread may use it. */
public final class SocketLifecycle {
    private enum State {
        /** The middleware has not decided yet: rooms are recorded and joined later. */
        JOINING,
        CONNECTED,
        DISCONNECTED
    }

    /** The private room of the socket counts as well. */
    private static final int OWN = 1;

    private final ConnectingSocket socket;

    /** Changed while holding this: rooms are joined only while connected, so that a closed socket leaves none behind. */
    private volatile State state = State.JOINING;

    /** The rooms to join when the socket is accepted. Guarded by this. */
    private Set<String> recorded;

    /** An upper estimate of the number of rooms. Guarded by this. */
    private int joins;

    /** @param recorded the rooms to join when the socket is accepted */
    public SocketLifecycle(ConnectingSocket socket, Set<String> recorded) {
        this.socket = socket;
        this.recorded = recorded.isEmpty() ? Set.of() : new LinkedHashSet<>(recorded);
    }

    /** Returns whether the middleware has not decided yet and the client is connected. */
    public boolean joining() {
        return state == State.JOINING;
    }

    /** Returns whether the socket is connected. */
    public boolean connected() {
        return state == State.CONNECTED;
    }

    /** Returns the rooms; a snapshot. */
    public synchronized Set<String> rooms() {
        return state == State.JOINING ? Set.copyOf(recorded) : socket.adapter().rooms(socket);
    }

    /**
     * Joins rooms, now or when the socket is accepted.
     *
     * @return as {@link Adapter#join} says; done if the rooms are joined later
     * @throws IllegalStateException if a limit is exceeded
     */
    public synchronized CompletionStage<Void> join(Collection<String> rooms) {
        if (state == State.DISCONNECTED) {
            return Adapter.DONE;
        }
        socket.roomLimit().checkNames(rooms);
        socket.roomLimit().check(socket.adapter(), rooms);
        if (state == State.CONNECTED) {
            checkOwn(rooms);
            return socket.adapter().join(socket, rooms);
        }
        record(rooms);
        return Adapter.DONE;
    }

    /** Records rooms while joining. The set changes in place: middleware may join many rooms one by one. */
    private void record(Collection<String> rooms) {
        Set<String> added = new LinkedHashSet<>(rooms);
        added.removeIf(recorded::contains);
        checkNumber(recorded.size() + added.size() + OWN);
        if (recorded.isEmpty()) {
            recorded = new LinkedHashSet<>();
        }
        recorded.addAll(added);
    }

    /** Counts the rooms exactly only near the limit, because that needs a copy. */
    private void checkOwn(Collection<String> joined) {
        joins += joined.size();
        if (joins > socket.maxRooms()) {
            Set<String> all = new HashSet<>(joined);
            all.addAll(socket.adapter().rooms(socket));
            joins = all.size() - joined.size();
            checkNumber(all.size());
            joins = all.size();
        }
    }

    private void checkNumber(int rooms) {
        int max = socket.maxRooms();
        if (rooms > max) {
            throw socket.roomLimit()
                    .reached(
                            new ReachedLimit("maxRoomsPerSocket", max, rooms),
                            socket.id() + " would be in " + rooms + " rooms");
        }
    }

    /** Leaves a room. */
    public void leave(String room) {
        synchronized (this) {
            if (state == State.JOINING) {
                if (!recorded.isEmpty()) {
                    recorded.remove(room);
                }
                return;
            }
        }
        socket.adapter().leave(socket, room);
    }

    /** Makes the accepted socket visible, in its own room and the recorded ones. */
    public synchronized void enter() {
        state = State.CONNECTED;
        joins = recorded.size() + OWN;
        socket.makeVisible();
        socket.adapter().join(socket, List.of(socket.id()));
        if (!recorded.isEmpty()) {
            socket.adapter().join(socket, recorded);
        }
        recorded = Set.of();
    }

    /** Makes a recovered socket visible, as {@link #enter}; {@code first} receives the packets that it missed. */
    public synchronized void resume(SocketRecovery recovery, Consumer<? super List<Packet>> first) {
        Set<String> rooms = new LinkedHashSet<>(recorded);
        rooms.add(socket.id());
        recovery.join(socket, rooms, missed -> {
            first.accept(missed);
            state = State.CONNECTED;
            joins = rooms.size();
            socket.makeVisible();
        });
        recorded = Set.of();
    }

    /** Marks the socket as refused. */
    public synchronized void refuse() {
        state = State.DISCONNECTED;
        recorded = Set.of();
    }

    /** Disconnects the socket, once; returns whether this call did it. The caller leaves its rooms. */
    public synchronized boolean disconnect() {
        boolean was = state == State.CONNECTED;
        state = was ? State.DISCONNECTED : state;
        return was;
    }
}
