package io.everwire.adapter;

import io.everwire.protocol.Packet;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The adapter of a single server: keeps rooms and, with connection state recovery, packets in memory. */
public final class MemoryAdapter implements Adapter {
    private final LocalSockets sockets;
    private final RoomIndex<LocalSocket> index;
    private final @Nullable RecoveryStore store;
    private final PacketLog log = new PacketLog();

    /**
     * Locked while a stored packet gets its number and is queued for its receivers: they receive stored packets in
     * their order.
     */
    private final Object order = new Object();

    /** Creates the adapter of the namespace that has these sockets. */
    public MemoryAdapter(LocalSockets sockets) {
        this(sockets, RoomListener.NONE);
    }

    /**
     * Creates an adapter that is part of another adapter.
     *
     * @param listener is called for changes of rooms, too, after {@link LocalSockets#rooms}
     */
    public MemoryAdapter(LocalSockets sockets, RoomListener listener) {
        this(sockets, listener, true);
    }

    /**
     * Creates an adapter that is part of another adapter.
     *
     * @param listener is called for changes of rooms, too, after {@link LocalSockets#rooms}
     * @param stores whether it stores packets and sessions if connection state recovery is on; false if the other adapter
     *     stores them itself
     */
    public MemoryAdapter(LocalSockets sockets, RoomListener listener, boolean stores) {
        this.sockets = sockets;
        this.index = new RoomIndex<>(new Rooms(sockets.rooms(), listener));
        this.store = stores ? sockets.recovery() : null;
    }

    @Override
    public CompletionStage<Void> join(LocalSocket socket, Collection<String> rooms) {
        rooms.forEach(room -> index.join(socket, room));
        return DONE;
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
    public Set<String> rooms() {
        return index.rooms();
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
    public boolean reaches(BroadcastOptions options) {
        if (store != null) {
            return true;
        }
        return options.rooms().isEmpty() ? !sockets.all().isEmpty() : index.exists(options.rooms());
    }

    @Override
    public void broadcast(Packet packet, BroadcastOptions options) {
        if (store != null && RecoveryStore.keeps(packet, options)) {
            broadcastInOrder(store, packet, options);
            return;
        }
        Collection<? extends LocalSocket> receivers = select(options);
        if (!receivers.isEmpty()) {
            sockets.deliver(packet, receivers, options);
        }
    }

    /**
     * Sends packets in the order of their numbers: else the last packet that a client received would not show which
     * ones it missed.
     */
    private void broadcastInOrder(RecoveryStore store, Packet packet, BroadcastOptions options) {
        Runnable delivery;
        synchronized (order) {
            Packet kept = store.keep(log, packet, options);
            delivery = sockets.enqueue(kept, select(options), options);
        }
        delivery.run();
    }

    @Override
    public void persistSession(SavedSession session) {
        if (store != null) {
            store.keep(log, session);
        }
    }

    @Override
    public CompletionStage<@Nullable RestoredSession> restoreSession(String pid, String offset) {
        if (store == null) {
            return CompletableFuture.completedFuture(null);
        }
        RecoveryStore.Missed missed = store.take(log, pid, offset);
        return CompletableFuture.completedFuture(missed == null ? null : new MemorySession(store, missed));
    }

    private record Rooms(RoomListener first, RoomListener second) implements RoomIndex.Listener<LocalSocket> {
        @Override
        public void created(String room) {
            first.created(room);
            second.created(room);
        }

        @Override
        public void joined(String room, LocalSocket socket) {
            first.joined(room, socket.id());
            second.joined(room, socket.id());
        }

        @Override
        public void left(String room, LocalSocket socket) {
            first.left(room, socket.id());
            second.left(room, socket.id());
        }

        @Override
        public void deleted(String room) {
            first.deleted(room);
            second.deleted(room);
        }
    }

    private final class MemorySession implements RestoredSession {
        private final RecoveryStore store;
        private final RecoveryStore.Missed missed;

        MemorySession(RecoveryStore store, RecoveryStore.Missed missed) {
            this.store = store;
            this.missed = missed;
        }

        @Override
        public SavedSession session() {
            return missed.session();
        }

        @Override
        public void join(LocalSocket socket, Collection<String> rooms, Consumer<? super List<Packet>> first) {
            synchronized (order) {
                first.accept(missed.packets());
                MemoryAdapter.this.join(socket, rooms);
            }
        }

        @Override
        public void abandon() {
            store.putBack(log, missed.session());
        }
    }

    @Override
    public CompletionStage<Void> broadcastWithAck(
            Packet.Event packet, BroadcastOptions options, long timeoutMillis, AckCollector collector) {
        return sockets.deliverWithAck(packet, select(options), options, timeoutMillis, collector);
    }

    @Override
    public CompletionStage<FetchedSockets> fetchSockets(BroadcastOptions options) {
        return CompletableFuture.completedFuture(FetchedSockets.of(
                select(options).stream().map(LocalSocket::details).toList()));
    }

    @Override
    public CompletionStage<SocketCount> countSockets(BroadcastOptions options) {
        return CompletableFuture.completedFuture(new SocketCount(select(options).size(), 0));
    }

    // Copies, because the action on each socket changes the chosen rooms.

    @Override
    public void addSockets(BroadcastOptions options, Collection<String> rooms) {
        List.copyOf(select(options)).forEach(socket -> socket.join(rooms));
    }

    @Override
    public void delSockets(BroadcastOptions options, Collection<String> rooms) {
        List.copyOf(select(options)).forEach(socket -> socket.leave(rooms));
    }

    @Override
    public void disconnectSockets(BroadcastOptions options, boolean close) {
        List.copyOf(select(options)).forEach(socket -> socket.disconnect(close));
    }
}
