package io.everwire.adapter;

import io.everwire.protocol.Packet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The adapter of a server that is alone. */
public final class MemoryAdapter implements Adapter {
    private final LocalSockets sockets;
    private final RoomIndex<LocalSocket> index = new RoomIndex<>();
    private final @Nullable RecoveryMemory memory;
    private final PacketLog log = new PacketLog();

    /** Held while a packet that is kept gets its number and its places: everybody receives such packets in their order. */
    private final Object order = new Object();

    /** The adapter of the namespace whose sockets these are. */
    public MemoryAdapter(LocalSockets sockets) {
        this.sockets = sockets;
        this.memory = sockets.recovery();
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
        if (memory != null && RecoveryMemory.keeps(packet, options)) {
            broadcastInOrder(memory, packet, options);
            return;
        }
        Collection<? extends LocalSocket> receivers = select(options);
        if (!receivers.isEmpty()) {
            sockets.deliver(packet, receivers, options);
        }
    }

    /** In any other order than that of their numbers, the last packet that a client received would not say what it missed. */
    private void broadcastInOrder(RecoveryMemory memory, Packet packet, BroadcastOptions options) {
        Runnable delivery;
        synchronized (order) {
            Packet kept = memory.keep(log, packet, options);
            delivery = sockets.enqueue(kept, select(options), options);
        }
        delivery.run();
    }

    @Override
    public void persistSession(SavedSession session) {
        if (memory != null) {
            memory.keep(log, session);
        }
    }

    @Override
    public CompletionStage<@Nullable Resumption> restoreSession(String pid, String offset) {
        if (memory == null) {
            return CompletableFuture.completedFuture(null);
        }
        RecoveryMemory.Missed missed = memory.take(log, pid, offset);
        return CompletableFuture.completedFuture(missed == null ? null : new Return(memory, missed));
    }

    private final class Return implements Resumption {
        private final RecoveryMemory memory;
        private final RecoveryMemory.Missed missed;

        Return(RecoveryMemory memory, RecoveryMemory.Missed missed) {
            this.memory = memory;
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
            memory.putBack(log, missed.session());
        }
    }

    @Override
    public CompletionStage<Void> broadcastWithAck(
            Packet.Event packet, BroadcastOptions options, long timeoutMillis, AckCollector collector) {
        return sockets.deliverWithAck(packet, select(options), options, timeoutMillis, collector);
    }

    @Override
    public CompletionStage<Collection<SocketDetails>> fetchSockets(BroadcastOptions options) {
        List<SocketDetails> found = new ArrayList<>();
        select(options).forEach(socket -> found.add(new SocketDetails(socket.id(), socket.rooms())));
        return CompletableFuture.completedFuture(found);
    }

    // Copies, because what is done to the sockets changes what was chosen.

    @Override
    public void addSockets(BroadcastOptions options, Collection<String> rooms) {
        List.copyOf(select(options)).forEach(socket -> socket.join(rooms.toArray(new String[0])));
    }

    @Override
    public void delSockets(BroadcastOptions options, Collection<String> rooms) {
        List.copyOf(select(options)).forEach(socket -> rooms.forEach(socket::leave));
    }

    @Override
    public void disconnectSockets(BroadcastOptions options, boolean close) {
        List.copyOf(select(options)).forEach(socket -> socket.disconnect(close));
    }
}
