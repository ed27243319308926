package io.everwire.adapter;

import io.everwire.protocol.Packet;
import java.util.Collection;
import java.util.Set;

/** Rooms and broadcasts of one namespace. Any thread may call it; nothing here blocks. */
public interface Adapter {
    /** Puts a socket of this server into rooms; those it is in already are ignored. */
    void join(LocalSocket socket, Collection<String> rooms);

    /** Takes a socket of this server out of a room; if it is not there, nothing happens. */
    void leave(LocalSocket socket, String room);

    /** Takes a socket of this server out of every room. */
    void leaveAll(LocalSocket socket);

    /** The rooms a socket of this server is in; a snapshot. */
    Set<String> rooms(LocalSocket socket);

    /** The sockets of this server that {@code options} chooses; a snapshot. */
    Collection<? extends LocalSocket> select(BroadcastOptions options);

    /** Sends {@code packet} to all that {@code options} chooses, wherever they are connected. */
    void broadcast(Packet packet, BroadcastOptions options);

    /** Makes the adapter of a namespace. */
    @FunctionalInterface
    interface Factory {
        /** Called once for each namespace, before it has sockets. */
        Adapter create(String namespace, LocalSockets sockets);
    }
}
