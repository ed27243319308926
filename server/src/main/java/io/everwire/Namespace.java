package io.everwire;

import io.everwire.adapter.AckCollector;
import io.everwire.adapter.Adapter;
import io.everwire.adapter.BroadcastOptions;
import io.everwire.adapter.LocalSocket;
import io.everwire.adapter.LocalSockets;
import io.everwire.adapter.RecoveryStore;
import io.everwire.adapter.RoomListener;
import io.everwire.engine.Delivery;
import io.everwire.engine.Engine;
import io.everwire.engine.EngineSession;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Packet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A part of a server that clients join by its name, with rooms and handlers of its own. */
public final class Namespace implements NamespaceRegistry, Broadcaster, ClusterMember {
    private final SocketIoServer server;
    private final String name;
    private final Map<String, Socket> sockets = new ConcurrentHashMap<>();
    private final ClusterEvents serverEvents;
    private final Adapter adapter;
    private final BroadcastOperator everybody;
    private final @Nullable DynamicNamespaces parent;
    private final AtomicLong ackIds = new AtomicLong();
    private volatile Overflow overflow;
    private final NamespaceListeners listeners = new NamespaceListeners();
    /** Its parent's, then its own. */
    private final List<NamespaceListeners> heard;

    /** What sockets tell to which nothing was added. */
    private final SocketListeners common = new SocketListeners(this);

    /** How many sockets are in it or on the way; changed by {@link NamespaceTable} only, one at a time. */
    private int occupants;

    Namespace(SocketIoServer server, String name, @Nullable DynamicNamespaces parent) {
        this.server = server;
        this.name = name;
        this.parent = parent;
        this.heard = parent == null ? List.of(listeners) : List.of(parent.listeners(), listeners);
        this.overflow = parent == null ? Overflow.CLOSE : parent.overflow();
        List<Namespace> itself = List.of(this);
        this.everybody = new BroadcastOperator(server, () -> itself);
        this.serverEvents = new ClusterEvents(this);
        this.adapter = server.options().adapter().create(name, new Local());
        adapter.init();
    }

    /** Its name, with the leading slash. */
    public String name() {
        return name;
    }

    /** The server it is part of. */
    public SocketIoServer server() {
        return server;
    }

    /** The connected sockets by their ids; a live, unmodifiable view. */
    public Map<String, Socket> sockets() {
        return Collections.unmodifiableMap(sockets);
    }

    @Override
    public BroadcastOperator everybody() {
        return everybody;
    }

    /**
     * Sets what becomes of an event for which a client has no room left. Default {@link Overflow#CLOSE}; a child has at first
     * what its parent had when it was made.
     */
    public void overflow(Overflow policy) {
        overflow = policy;
    }

    Delivery delivery() {
        return overflow == Overflow.DROP ? Delivery.DROP_ON_OVERFLOW : Delivery.RELIABLE;
    }

    /** Counts for the whole namespace, as in the reference: all sockets of one broadcast share one. */
    long nextAckId() {
        return ackIds.getAndIncrement();
    }

    @Nullable
    DynamicNamespaces parent() {
        return parent;
    }

    int occupants() {
        return occupants;
    }

    Namespace occupy(int places) {
        occupants += places;
        return this;
    }

    Adapter adapter() {
        return adapter;
    }

    ClusterEvents serverEvents() {
        return serverEvents;
    }

    PacketFactory outgoing() {
        return server.outgoing();
    }

    /** What was added to it. */
    NamespaceListeners listeners() {
        return listeners;
    }

    /** What was added to it and to its parent. */
    List<NamespaceListeners> heard() {
        return heard;
    }

    SocketListeners common() {
        return common;
    }

    /** What a socket passes that wants to join, at this moment. */
    List<Middleware.Async> middleware() {
        return heard.stream().flatMap(added -> added.middleware.stream()).toList();
    }

    /** Makes the socket visible, in its own room and those it was put into before. */
    void add(Socket socket, Collection<String> rooms) {
        add(socket);
        adapter.join(socket, List.of(socket.id()));
        if (!rooms.isEmpty()) {
            adapter.join(socket, rooms);
        }
    }

    /** Makes a socket visible whose rooms are seen to by somebody else. */
    void add(Socket socket) {
        sockets.put(socket.id(), socket);
        server.rooms().add(-1);
    }

    /** Whether anybody is told when a socket joins. */
    boolean hearsConnections() {
        return heard.stream().anyMatch(added -> !added.connection.isEmpty());
    }

    void connected(Socket socket) {
        heard().forEach(added ->
                added.connection.forEach(listener -> NamespaceListeners.guarded(() -> listener.accept(socket))));
    }

    void disconnecting(Socket socket, CloseReason reason) {
        heard().forEach(added -> added.disconnecting.forEach(
                listener -> NamespaceListeners.guarded(() -> listener.accept(socket, reason))));
    }

    void disconnected(Socket socket, CloseReason reason) {
        heard().forEach(added -> added.disconnect.forEach(
                listener -> NamespaceListeners.guarded(() -> listener.accept(socket, reason))));
    }

    void failed(Socket socket, Throwable failure) {
        heard().forEach(added ->
                added.error.forEach(listener -> NamespaceListeners.guarded(() -> listener.accept(socket, failure))));
    }

    void remove(Socket socket) {
        sockets.remove(socket.id(), socket);
    }

    /** It leaves the rooms that it is in. */
    void leaveRooms(Socket socket) {
        adapter.leaveAll(socket);
        server.rooms().add(1);
    }

    private final class Local implements LocalSockets {
        @Override
        public Collection<? extends LocalSocket> all() {
            return sockets.values();
        }

        @Override
        public void deliver(Packet packet, Collection<? extends LocalSocket> receivers, BroadcastOptions options) {
            send(packet, receivers, options.isVolatile() ? Delivery.VOLATILE : delivery(), options.compress());
        }

        @Override
        public Runnable enqueue(Packet packet, Collection<? extends LocalSocket> receivers, BroadcastOptions options) {
            List<Socket> chosen = new ArrayList<>(receivers.size());
            List<EngineSession> slots = new ArrayList<>(receivers.size());
            for (LocalSocket receiver : receivers) {
                Socket socket = (Socket) receiver;
                if (socket.connected()) {
                    socket.sent(packet);
                    chosen.add(socket);
                    slots.add(socket.slot());
                }
            }
            Runnable delivery = Engine.enqueue(
                    packet, slots, options.isVolatile() ? Delivery.VOLATILE : delivery(), options.compress());
            return () -> {
                delivery.run();
                chosen.forEach(socket -> socket.sending(packet));
            };
        }

        @Override
        public void serverSideEvent(Packet.Event event, @Nullable Consumer<? super Packet.Ack> reply) {
            serverEvents.hear(event, reply);
        }

        @Override
        public RoomListener rooms() {
            return serverEvents;
        }

        @Override
        public @Nullable RecoveryStore recovery() {
            return server.recovery();
        }

        @Override
        public CompletionStage<Void> deliverWithAck(
                Packet.Event packet,
                Collection<? extends LocalSocket> receivers,
                BroadcastOptions options,
                long timeoutMillis,
                AckCollector collector) {
            List<Socket> chosen = receivers.stream().map(Socket.class::cast).toList();
            long ackId = nextAckId();
            CompletableFuture<Void> done = new BroadcastAckRequest(ackId, chosen, collector).start(timeoutMillis);
            Packet numbered = new Packet.Event(packet.namespace(), ackId, packet.data(), packet.attachments());
            send(numbered, chosen, Delivery.RELIABLE, options.compress());
            return done;
        }

        private void send(
                Packet packet, Collection<? extends LocalSocket> receivers, Delivery delivery, boolean compress) {
            List<EngineSession> slots = new ArrayList<>(receivers.size());
            for (LocalSocket receiver : receivers) {
                Socket socket = (Socket) receiver;
                if (socket.connected()) {
                    socket.sending(packet);
                    slots.add(socket.slot());
                }
            }
            Engine.broadcast(packet, slots, delivery, compress);
        }
    }
}
