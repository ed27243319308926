package io.everwire.adapter;

import io.everwire.protocol.Packet;
import java.util.Collection;
import java.util.Set;

/** The adapter of a server that is alone. */
public final class MemoryAdapter implements Adapter {
    private final LocalSockets sockets;
    private final RoomIndex<LocalSocket> index = new RoomIndex<>();

    /** The adapter of the namespace whose sockets these are. */
    public MemoryAdapter(LocalSockets sockets) {
        this.sockets = sockets;
    }

    @Override
    public void join(LocalSocket socket, Collection<String> rooms) {
        rooms.forEach(room -> index.join(socket, room));
    }

    @Override
    public void leave(LocalSocket socket, String room) {
        index.leave(socket, room);
    }

    @Override
    public void leaveAll(LocalSocket socket) {
        index.leaveAll(socket);
    }

    @Override
    public Set<String> rooms(LocalSocket socket) {
        return index.rooms(socket);
    }

    @Override
    public Collection<? extends LocalSocket> select(BroadcastOptions options) {
        if (options.rooms().isEmpty() && options.except().isEmpty()) {
            return sockets.all();
        }
        return options.rooms().isEmpty()
                ? index.without(sockets.all(), options.except())
                : index.select(options.rooms(), options.except());
    }

    @Override
    public void broadcast(Packet packet, BroadcastOptions options) {
        Collection<? extends LocalSocket> receivers = select(options);
        if (!receivers.isEmpty()) {
            sockets.deliver(packet, receivers);
        }
    }
}
