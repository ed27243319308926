package io.everwire;

import io.everwire.adapter.Adapter;
import io.everwire.adapter.BroadcastOptions;
import io.everwire.adapter.LocalSocket;
import io.everwire.adapter.LocalSockets;
import io.everwire.engine.Engine;
import io.everwire.engine.SessionSlot;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Packet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A part of a server that clients join by its name, with rooms and handlers of its own. */
public final class Namespace implements EventRegistry {
    private static final Logger log = LoggerFactory.getLogger(Namespace.class);

    private final SocketIoServer server;
    private final String name;
    private final Map<String, Socket> sockets = new ConcurrentHashMap<>();
    private final Adapter adapter;
    private final BroadcastOperator everybody;
    private final EventHandlers handlers = new EventHandlers();
    private final List<Consumer<? super Socket>> connectionListeners = new CopyOnWriteArrayList<>();
    private final List<BiConsumer<? super Socket, ? super CloseReason>> disconnecting = new CopyOnWriteArrayList<>();
    private final List<BiConsumer<? super Socket, ? super CloseReason>> disconnect = new CopyOnWriteArrayList<>();

    Namespace(SocketIoServer server, String name, Adapter.Factory adapters) {
        this.server = server;
        this.name = name;
        this.everybody = new BroadcastOperator(this, BroadcastOptions.EVERYBODY);
        this.adapter = adapters.create(name, new Local());
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

    /** Adds a listener that is told of each socket that has joined. Handlers it adds see everything the socket receives. */
    public Registration onConnection(Consumer<? super Socket> listener) {
        return added(connectionListeners, listener);
    }

    /** Adds a listener that is told when a socket is about to leave, still in its rooms. */
    public Registration onDisconnecting(BiConsumer<? super Socket, ? super CloseReason> listener) {
        return added(disconnecting, listener);
    }

    /** Adds a listener that is told when a socket has left; it is in no room any more. */
    public Registration onDisconnect(BiConsumer<? super Socket, ? super CloseReason> listener) {
        return added(disconnect, listener);
    }

    @Override
    public Registration onRaw(String event, RawHandler handler) {
        return handlers.add(event, handler);
    }

    @Override
    public void off(String event) {
        handlers.remove(event);
    }

    /** Chooses the sockets in these rooms; see {@link BroadcastOperator#to}. */
    public BroadcastOperator to(String... rooms) {
        return everybody.to(rooms);
    }

    /** The same as {@link #to}. */
    public BroadcastOperator in(String... rooms) {
        return everybody.to(rooms);
    }

    /** Chooses the sockets that are in none of these rooms; see {@link BroadcastOperator#except}. */
    public BroadcastOperator except(String... rooms) {
        return everybody.except(rooms);
    }

    /** Sends an event to every socket; see {@link BroadcastOperator#emit}. */
    public void emit(String event, @Nullable Object... args) {
        everybody.emit(event, args);
    }

    /** Sends a message to every socket; see {@link BroadcastOperator#send}. */
    public void send(@Nullable Object message) {
        everybody.send(message);
    }

    Adapter adapter() {
        return adapter;
    }

    Outgoing outgoing() {
        return server.outgoing();
    }

    EventHandlers handlers() {
        return handlers;
    }

    /** Makes the socket visible; what it is told first is that it has joined. */
    void add(Socket socket) {
        sockets.put(socket.id(), socket);
        adapter.join(socket, List.of(socket.id()));
    }

    void connected(Socket socket) {
        for (Consumer<? super Socket> listener : connectionListeners) {
            guarded(() -> listener.accept(socket));
        }
    }

    void disconnecting(Socket socket, CloseReason reason) {
        disconnecting.forEach(listener -> guarded(() -> listener.accept(socket, reason)));
    }

    void disconnected(Socket socket, CloseReason reason) {
        disconnect.forEach(listener -> guarded(() -> listener.accept(socket, reason)));
    }

    void remove(Socket socket) {
        sockets.remove(socket.id(), socket);
    }

    /** One listener's failure is not the next one's. */
    static void guarded(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException | Error e) {
            log.error("a listener failed", e);
        }
    }

    static <T> Registration added(List<T> listeners, T listener) {
        listeners.add(listener);
        AtomicBoolean added = new AtomicBoolean(true);
        return () -> {
            // Once: the same listener may have been added by somebody else as well.
            if (added.compareAndSet(true, false)) {
                listeners.remove(listener);
            }
        };
    }

    private final class Local implements LocalSockets {
        @Override
        public Collection<? extends LocalSocket> all() {
            return sockets.values();
        }

        @Override
        public void deliver(Packet packet, Collection<? extends LocalSocket> receivers) {
            List<SessionSlot> slots = new ArrayList<>(receivers.size());
            for (LocalSocket receiver : receivers) {
                Socket socket = (Socket) receiver;
                if (socket.connected()) {
                    slots.add(socket.slot());
                }
            }
            Engine.broadcast(packet, slots);
        }
    }
}
