package io.everwire.testkit;

import io.everwire.adapter.Adapter;
import io.everwire.adapter.BroadcastOptions;
import io.everwire.adapter.LocalSocket;
import io.everwire.protocol.Packet;
import java.util.Collection;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * An adapter that lets a test do something just before a socket joins its first room: it is visible then, and
 * no more.
 */
final class JoinWatcher implements Adapter {
    static final BroadcastOptions EVERYBODY = BroadcastOptions.EVERYBODY;

    private final Adapter adapter;
    private final BiConsumer<Adapter, LocalSocket> watcher;

    JoinWatcher(Adapter adapter, BiConsumer<Adapter, LocalSocket> watcher) {
        this.adapter = adapter;
        this.watcher = watcher;
    }

    @Override
    public void join(LocalSocket socket, Collection<String> rooms) {
        watcher.accept(adapter, socket);
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
}
