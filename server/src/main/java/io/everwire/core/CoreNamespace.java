package io.everwire.core;

import io.everwire.BroadcastOperator;
import io.everwire.CloseReason;
import io.everwire.HandlerMode;
import io.everwire.Middleware;
import io.everwire.Namespace;
import io.everwire.Overflow;
import io.everwire.Room;
import io.everwire.ServerObserver;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.adapter.AckCollector;
import io.everwire.adapter.Adapter;
import io.everwire.adapter.BroadcastOptions;
import io.everwire.adapter.LocalSocket;
import io.everwire.adapter.LocalSockets;
import io.everwire.adapter.RecoveryStore;
import io.everwire.adapter.RoomListener;
import io.everwire.core.dispatch.NamespaceListeners;
import io.everwire.core.dispatch.SocketListeners;
import io.everwire.engine.Delivery;
import io.everwire.engine.EngineSession;
import io.everwire.engine.Fanout;
import io.everwire.engine.RateLimitedLog;
import io.everwire.protocol.Packet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A namespace with its connected sockets and its adapter. */
final class CoreNamespace implements Namespace, ListenerSource, ClusterSource {
    private static final RateLimitedLog closing = new RateLimitedLog(CoreNamespace.class);

    private final ServerContext context;
    private final String name;
    private final Map<String, CoreSocket> sockets = new ConcurrentHashMap<>();
    private final ClusterEvents clusterEvents;
    private final Adapter adapter;
    private final CompletableFuture<Void> ready;
    private final BroadcastOperator everybody;
    private final @Nullable CoreDynamicNamespaces parent;
    private final AtomicLong ackIds = new AtomicLong();
    private volatile Overflow overflow;
    private volatile HandlerMode handlerMode;
    private final NamespaceListeners listeners = new NamespaceListeners();

    /** The listeners of the dynamic namespaces, if it is one, and then its own. */
    private final List<NamespaceListeners> allListeners;

    /** The listeners of sockets to which nothing was added. */
    private final SocketListeners common;

    /** The sockets that joined or are joining. Changed by {@link NamespaceTable} only, by one thread at a time. */
    private int reserved;

    /** See {@link #byClient()}. */
    private volatile boolean byClient;

    CoreNamespace(ServerContext context, String name, @Nullable CoreDynamicNamespaces parent) {
        this.context = context;
        this.name = name;
        this.parent = parent;
        this.allListeners = parent == null ? List.of(listeners) : List.of(parent.namespaceListeners(), listeners);
        this.common = new SocketListeners(allListeners);
        this.overflow = parent == null ? Overflow.CLOSE : parent.overflow();
        this.handlerMode = parent == null ? context.options().handlerMode() : parent.handlerMode();
        List<CoreNamespace> itself = List.of(this);
        this.everybody = new CoreBroadcastOperator(context, () -> itself);
        this.clusterEvents = new ClusterEvents(context, name, this::adapter);
        this.adapter = context.options().adapter().create(name, new Local());
        adapter.init();
        this.ready = adapter.ready().<Void>handle((done, failed) -> null).toCompletableFuture();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public SocketIoServer server() {
        return context.server();
    }

    @Override
    public Map<String, Socket> sockets() {
        return Collections.unmodifiableMap(sockets);
    }

    @Override
    public Set<String> rooms() {
        return adapter.rooms();
    }

    @Override
    public BroadcastOperator everybody() {
        return everybody;
    }

    @Override
    public void overflow(Overflow policy) {
        overflow = policy;
    }

    @Override
    public void handlerMode(HandlerMode mode) {
        handlerMode = Objects.requireNonNull(mode, "handlerMode");
    }

    /** Returns the mode of sockets that join now. */
    HandlerMode handlerMode() {
        return handlerMode;
    }

    @Override
    public Room room(String room) {
        return new CoreRoom(this, room, context.roomTasks());
    }

    @Override
    public NamespaceListeners namespaceListeners() {
        return listeners;
    }

    @Override
    public ClusterEvents clusterEvents() {
        return clusterEvents;
    }

    ServerContext context() {
        return context;
    }

    Delivery delivery() {
        return overflow == Overflow.DROP ? Delivery.DROP_ON_OVERFLOW : Delivery.RELIABLE;
    }

    /** Returns the next ack id. The namespace has one sequence, as in socket.io 4.8: all sockets of a broadcast share one id. */
    long nextAckId() {
        return ackIds.getAndIncrement();
    }

    @Override
    public String group() {
        return parent == null ? name : parent.group();
    }

    @Nullable
    CoreDynamicNamespaces parent() {
        return parent;
    }

    int reserved() {
        return reserved;
    }

    /** Returns whether only clients have named it: the application has not asked for it. */
    boolean byClient() {
        return byClient;
    }

    void byClient(boolean value) {
        byClient = value;
    }

    CoreNamespace reserve(int places) {
        reserved += places;
        return this;
    }

    Adapter adapter() {
        return adapter;
    }

    /** Closes the adapter. The result is done when it is closed, or failed to close. */
    CompletionStage<Void> closeAdapter() {
        return adapter.close().exceptionally(failed -> {
            closing.warn(failed, "the adapter of {} could not be closed", name);
            return null;
        });
    }

    /** Returns a future that is done when the adapter is ready, or failed to become it. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /** Returns the listeners of sockets to which nothing was added. */
    SocketListeners commonListeners() {
        return common;
    }

    /** Returns listeners for a socket to which something is added. */
    SocketListeners newListeners() {
        return new SocketListeners(allListeners);
    }

    /** Returns the middleware of sockets that join now. */
    List<Middleware.Async> middleware() {
        return allListeners.stream().flatMap(added -> added.middleware.stream()).toList();
    }

    /** Makes a socket visible. Its own room does not count as a room of the server. */
    void add(CoreSocket socket) {
        if (sockets.put(socket.id(), socket) == null) {
            if (parent != null) {
                context.counts().addDynamicSockets(1);
            }
            observe(observer -> observer.joined(group()));
        }
        context.roomLimit().add(-1);
    }

    void remove(CoreSocket socket) {
        if (sockets.remove(socket.id(), socket)) {
            if (parent != null) {
                context.counts().addDynamicSockets(-1);
            }
            observe(observer -> observer.left(group()));
        }
    }

    private void observe(Consumer<ServerObserver> report) {
        ServerObserver observer = context.events().observer();
        if (observer != null) {
            report.accept(observer);
        }
    }

    /** Disconnects all sockets. */
    void closeSockets(CloseReason reason) {
        sockets.values().forEach(socket -> socket.close(reason));
    }

    /** Removes a socket from its rooms. */
    void leaveRooms(CoreSocket socket) {
        adapter.leaveAll(socket);
        context.roomLimit().add(1);
    }

    /** The sockets that the adapter delivers to. */
    private final class Local implements LocalSockets {
        @Override
        public Collection<? extends LocalSocket> all() {
            return sockets.values();
        }

        @Override
        public void deliver(Packet packet, Collection<? extends LocalSocket> receivers, BroadcastOptions options) {
            send(packet, receivers, delivery(options), options.compress());
            observe(observer -> observer.broadcast(group(), receivers.size()));
        }

        @Override
        public Runnable enqueue(Packet packet, Collection<? extends LocalSocket> receivers, BroadcastOptions options) {
            List<CoreSocket> chosen = new ArrayList<>(receivers.size());
            List<EngineSession> sessions = new ArrayList<>(receivers.size());
            for (LocalSocket receiver : receivers) {
                CoreSocket socket = (CoreSocket) receiver;
                if (socket.connected()) {
                    socket.sent(packet);
                    chosen.add(socket);
                    sessions.add(socket.session());
                }
            }
            Runnable delivery = Fanout.enqueue(packet, sessions, delivery(options), options.compress());
            observe(observer -> observer.broadcast(group(), sessions.size()));
            return () -> {
                delivery.run();
                chosen.forEach(socket -> socket.notifyOutgoing(packet));
            };
        }

        private Delivery delivery(BroadcastOptions options) {
            String key = options.volatileKey();
            if (key != null) {
                return Delivery.latest(name, key);
            }
            return options.isVolatile() ? Delivery.VOLATILE : CoreNamespace.this.delivery();
        }

        @Override
        public void serverSideEvent(Packet.Event event, @Nullable Consumer<? super Packet.Ack> reply) {
            clusterEvents.receive(event, reply);
        }

        @Override
        public RoomListener rooms() {
            return clusterEvents;
        }

        @Override
        public @Nullable RecoveryStore recovery() {
            return context.recovery();
        }

        @Override
        public CompletionStage<Void> deliverWithAck(
                Packet.Event packet,
                Collection<? extends LocalSocket> receivers,
                BroadcastOptions options,
                long timeoutMillis,
                AckCollector collector) {
            List<CoreSocket> chosen =
                    receivers.stream().map(CoreSocket.class::cast).toList();
            long ackId = nextAckId();
            CompletableFuture<Void> done = new BroadcastAckRequest(ackId, chosen, collector).start(timeoutMillis);
            Packet numbered = new Packet.Event(packet.namespace(), ackId, packet.data(), packet.attachments());
            // A client without acks counts as missing at once, so it is not asked.
            List<CoreSocket> asked = chosen.stream().filter(CoreSocket::hasAcks).toList();
            send(numbered, asked, Delivery.RELIABLE, options.compress());
            return done;
        }

        private void send(
                Packet packet, Collection<? extends LocalSocket> receivers, Delivery delivery, boolean compress) {
            List<EngineSession> sessions = new ArrayList<>(receivers.size());
            for (LocalSocket receiver : receivers) {
                CoreSocket socket = (CoreSocket) receiver;
                if (socket.connected()) {
                    socket.notifyOutgoing(packet);
                    sessions.add(socket.session());
                }
            }
            Fanout.send(packet, sessions, delivery, compress);
        }
    }
}
