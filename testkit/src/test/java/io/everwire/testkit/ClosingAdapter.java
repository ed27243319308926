package io.everwire.testkit;

import io.everwire.adapter.Adapter;
import io.everwire.adapter.BroadcastOptions;
import io.everwire.adapter.LocalSocket;
import io.everwire.protocol.Packet;
import java.util.Collection;
import java.util.Set;

/** An adapter that tells when it is closed. */
record ClosingAdapter(Adapter adapter, Runnable closed) implements Adapter {
    @Override
    public void join(LocalSocket socket, Collection<String> rooms) {
        adapter.join(socket, rooms);
    }

    @Override
    public void leave(LocalSocket socket, String room) {
        adapter.leave(socket, room);
    }

    @Override
    public void leaveAll(LocalSocket socket) {
        adapter.leaveAll(socket);
    }

    @Override
    public Set<String> rooms(LocalSocket socket) {
        return adapter.rooms(socket);
    }

    @Override
    public Collection<? extends LocalSocket> select(BroadcastOptions options) {
        return adapter.select(options);
    }

    @Override
    public void broadcast(Packet packet, BroadcastOptions options) {
        adapter.broadcast(packet, options);
    }

    @Override
    public void close() {
        closed.run();
    }
}
