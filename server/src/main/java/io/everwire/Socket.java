package io.everwire;

import io.everwire.adapter.LocalSocket;
import io.everwire.adapter.RestoredSession;
import io.everwire.adapter.SocketDetails;
import io.everwire.engine.Delivery;
import io.everwire.engine.EngineSession;
import io.everwire.engine.IdGenerator;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Packet;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One client in one namespace. Any thread may use it; its handlers run one at a time, in order. */
public final class Socket implements EventRegistry, LocalSocket {
    private final String id;
    private final Namespace namespace;
    private final Client client;
    private final Handshake handshake;
    private final Dispatcher dispatcher;
    private final SocketLifecycle membership;
    private final @Nullable SocketRecovery recovery;
    private final boolean recovered;

    /** There once something is kept with it: with many sockets nothing is (benchmark idle). Made guarded by its membership. */
    private volatile @Nullable SocketState belongings;

    /** @param session what it goes on with, or null if it is a new one */
    Socket(Namespace namespace, Client client, Handshake handshake, @Nullable RestoredSession session) {
        this.id = session == null ? IdGenerator.next() : session.session().id();
        this.membership = new SocketLifecycle(
                this, namespace, session == null ? Set.of() : session.session().rooms());
        this.recovered = session != null;
        this.recovery = SocketRecovery.of(namespace, client, handshake, id, session);
        this.namespace = namespace;
        this.client = client;
        this.handshake = handshake;
        this.dispatcher = new Dispatcher(this, client);
        this.belongings = session == null ? null : SocketState.of(this, session.session());
    }

    /** Its public id, which other clients may know. */
    @Override
    public String id() {
        return id;
    }

    /** The namespace it is in. */
    public Namespace namespace() {
        return namespace;
    }

    /** The server it is connected to. */
    public SocketIoServer server() {
        return namespace.server();
    }

    /** How it came to be. */
    public Handshake handshake() {
        return handshake;
    }

    /** The transport that reaches it at the moment, by its name on the wire. */
    public String transport() {
        return client.transport();
    }

    /**
     * How often its client has connected so far, as the clients of 2010 were counted: with each WebSocket, each stream and
     * each poll.
     */
    public int connections() {
        return client.connections();
    }

    @Override
    public SocketDetails details() {
        return new LocalDetails(this);
    }

    /** What the application keeps with it. */
    public Attributes attributes() {
        return belongings().attributes();
    }

    /**
     * Whether it is connected: let in by the middleware and not yet disconnected by either side. It may be briefly away all
     * the same.
     */
    public boolean connected() {
        return membership.connected();
    }

    /**
     * Whether its client was away and came back in time: it has the id, rooms and attributes of the socket it was before, and was
     * sent what it missed. See {@link ServerOptions.Builder#connectionStateRecovery}.
     */
    public boolean recovered() {
        return recovered;
    }

    /** The rooms it is in, its own id among them once it is connected; a snapshot. */
    @Override
    public Set<String> rooms() {
        return membership.rooms();
    }

    /** Joins rooms; in middleware, when it is let in. Does nothing once disconnected. */
    @Override
    public void join(String... rooms) {
        membership.join(List.of(rooms));
    }

    /** Leaves a room. */
    @Override
    public void leave(String room) {
        membership.leave(room);
    }

    /** Adds middleware: every event of this socket passes it, in the order added, before its handlers. */
    public Registration use(EventMiddleware added) {
        return useAsync((socket, event, arguments) -> {
            added.on(socket, event, arguments);
            return NamespaceListeners.PASSED;
        });
    }

    /** Adds middleware that decides later; see {@link #use}. */
    public Registration useAsync(EventMiddleware.Async added) {
        return NamespaceListeners.add(added().middleware, added);
    }

    /**
     * Adds a listener that is told why an event of this socket was not handled: what its middleware refused it with, what a
     * handler threw or its stage failed with. Nothing is sent for it.
     */
    public Registration onError(Consumer<? super Throwable> listener) {
        return NamespaceListeners.add(added().error, listener);
    }

    /**
     * Adds a listener that is told when this socket is about to leave, still in its rooms. What its client sent before was
     * handled by then, unless the server ended it.
     */
    public Registration onDisconnecting(Consumer<? super CloseReason> listener) {
        return NamespaceListeners.add(added().disconnecting, listener);
    }

    /** Adds a listener that is told when this socket has left; it is in no room any more. */
    public Registration onDisconnect(Consumer<? super CloseReason> listener) {
        return NamespaceListeners.add(added().disconnect, listener);
    }

    /** Adds a handler of messages; see {@link EventRegistry#onMessage(Handler.Of1)}. */
    public Registration onMessage(Consumer<? super Object> handler) {
        return onMessage((socket, message) -> handler.accept(message));
    }

    /**
     * Sends an event to this client.
     *
     * @throws IllegalArgumentException if the name is reserved
     * @throws io.everwire.json.JsonException if an argument cannot be written as JSON
     */
    public EmitResult emit(String event, @Nullable Object... args) {
        return usual().emit(event, args);
    }

    /** Sends a message to this client. */
    public EmitResult send(@Nullable Object message) {
        return usual().send(message);
    }

    /** See {@link SocketOperator#asVolatile}. */
    public SocketOperator asVolatile() {
        return usual().asVolatile();
    }

    /** See {@link SocketOperator#compress}. */
    public SocketOperator compress(boolean worthwhile) {
        return usual().compress(worthwhile);
    }

    /** How much waits for the client to take it, in bytes, as of a moment ago: of all its namespaces together. */
    public int pressure() {
        return slot().waiting();
    }

    /** Adds a listener that is told, as handlers are, when all that waited for the client is on its way. */
    public Registration onDrain(Runnable listener) {
        client.hearsDrain();
        return NamespaceListeners.add(added().drain, listener);
    }

    /**
     * Sends an event and expects an answer within the server's {@code ackTimeout}.
     *
     * @param answer what to make of the first argument of the answer
     * @return fails with {@link AckTimeoutException}, {@link DisconnectedException}, {@link AcksUnsupportedException} or
     *     {@link BadArgumentsException}. Completed on a thread that may be blocked, except in
     *     {@link HandlerMode#EVENT_LOOP}; a handler of this socket may wait for it
     */
    public <T> CompletableFuture<T> call(String event, Class<T> answer, @Nullable Object... args) {
        return usual().call(event, answer, args);
    }

    /** As {@link #call(String, Class, Object...)}, for an answer of a type that a class cannot say. */
    public <T> CompletableFuture<T> call(String event, TypeToken<T> answer, @Nullable Object... args) {
        return usual().call(event, answer, args);
    }

    /** Sets how long calls wait. 1 ms to 1 day. */
    public SocketOperator timeout(Duration timeout) {
        return usual().timeout(timeout);
    }

    /** Chooses all sockets of the namespace but this one. */
    public BroadcastOperator broadcast() {
        return namespace.everybody().except(id);
    }

    /** Chooses the sockets in these rooms but this one; see {@link BroadcastOperator#to}. */
    public BroadcastOperator to(String... rooms) {
        return broadcast().to(rooms);
    }

    /** The same as {@link #to}. */
    public BroadcastOperator in(String... rooms) {
        return broadcast().to(rooms);
    }

    /** Chooses all sockets but this one and those in these rooms. */
    public BroadcastOperator except(String... rooms) {
        return broadcast().except(rooms);
    }

    /** Chooses all sockets of this server but this one; see {@link BroadcastOperator#local}. */
    public BroadcastOperator local() {
        return broadcast().local();
    }

    /** Disconnects it from its namespace; other namespaces of the same client stay. */
    public void disconnect() {
        if (close(CloseReason.SERVER_NAMESPACE_DISCONNECT)) {
            tellDisconnect();
        }
    }

    void tellDisconnect() {
        write(new Packet.Disconnect(namespace.name()));
    }

    /** Disconnects it from its namespace, or with {@code close} as {@link #disconnectClient} does. */
    @Override
    public void disconnect(boolean close) {
        if (close) {
            disconnectClient();
        } else {
            disconnect();
        }
    }

    /** Disconnects the client from all its namespaces and closes its connection. */
    public void disconnectClient() {
        // This one at once: nothing more of it is handled or sent, though the turn of the others may come later.
        client.disconnect(close(CloseReason.SERVER_NAMESPACE_DISCONNECT) ? this : null);
    }

    private SocketOperator usual() {
        return SocketOperator.of(this);
    }

    EngineSession slot() {
        return client.slot();
    }

    Client client() {
        return client;
    }

    PacketFactory outgoing() {
        return namespace.outgoing();
    }

    SocketListeners.Added added() {
        return belongings().listeners().toAdd();
    }

    SocketListeners listeners() {
        SocketState known = belongings;
        return known == null ? namespace.common() : known.listeners();
    }

    private SocketState belongings() {
        SocketState known = belongings;
        if (known == null) {
            synchronized (membership) {
                known = belongings;
                known = known == null ? new SocketState(this, new Attributes()) : known;
                belongings = known;
            }
        }
        return known;
    }

    /** Something is sent to it: whoever wants to hear of that is told, where handlers run. Any thread. */
    void sending(Packet packet) {
        boolean event = packet instanceof Packet.Event || packet instanceof Packet.Message;
        if (event && !listeners().any(true).isEmpty()) {
            dispatcher.execute(() -> dispatcher.tellAny(true, EventMiddlewareChain.Arrival.of(packet)));
        }
    }

    /** An event was not handled. Any thread. */
    void failed(Throwable failure) {
        namespace.failed(this, failure);
        listeners().own().error.forEach(listener -> NamespaceListeners.guarded(() -> listener.accept(failure)));
    }

    PendingAcks calls() {
        return belongings().calls();
    }

    /** Whether the middleware has not decided yet, and nobody has gone meanwhile. */
    boolean joining() {
        return membership.joining();
    }

    /** Whether it is over. */
    boolean gone() {
        return membership.gone();
    }

    /**
     * It is let in: the client is told, then the listeners. Called in a turn of the session. The client is told before anybody
     * can find the socket and send to it.
     */
    void start() {
        if (recovery != null && recovery.resumes()) {
            dispatcher.start(() -> membership.resume(recovery, this::writeMissed), () -> namespace.connected(this));
        } else {
            writeConnect();
            dispatcher.start(membership::enter, () -> namespace.connected(this));
        }
    }

    /** As recorded of the reference (socket.io 4.8), the client is given what it missed before it is told that it is back. */
    private void writeMissed(List<Packet> missed) {
        missed.forEach(this::write);
        writeConnect();
    }

    private void writeConnect() {
        String pid = recovery == null ? "" : "\",\"pid\":\"" + recovery.pid();
        write(new Packet.Connect(namespace.name(), Bytes.utf8("{\"sid\":\"" + id + pid + "\"}")));
    }

    /** A packet that is kept is sent to it. Any thread, in the order of the packets. */
    void sent(Packet packet) {
        if (recovery != null) {
            recovery.sent(packet);
        }
    }

    /** An event or message arrived. */
    void receive(Packet packet) {
        dispatcher.receive(packet);
    }

    /** It is not let in, or its client went before that: nobody has heard of it. Called in a turn of the session. */
    void turnAway() {
        membership.turnAway();
        if (recovery != null) {
            recovery.abandon();
        }
        server().namespaces().leave(namespace);
    }

    /** Ends it, once: listeners are told, rooms left. Returns whether this call did it. */
    boolean close(CloseReason reason) {
        long since = server().now();
        if (!membership.end()) {
            return false;
        }
        namespace.remove(this);
        if (recovery != null) {
            // Now, not when the listeners were told: its client may be back before that.
            recovery.leave(reason, this, namespace.adapter().rooms(this), since);
        }
        SocketState known = belongings;
        if (known != null) {
            known.calls().failAll();
        }
        boolean ours = reason == CloseReason.SERVER_NAMESPACE_DISCONNECT || reason == CloseReason.SERVER_SHUTTING_DOWN;
        dispatcher.end(ours, listeners().hearEnd(), () -> leave(reason));
        return true;
    }

    private void leave(CloseReason reason) {
        namespace.disconnecting(this, reason);
        listeners().own().disconnecting.forEach(listener -> NamespaceListeners.guarded(() -> listener.accept(reason)));
        namespace.leaveRooms(this);
        namespace.disconnected(this, reason);
        listeners().own().disconnect.forEach(listener -> NamespaceListeners.guarded(() -> listener.accept(reason)));
        server().namespaces().leave(namespace);
    }

    /** Nothing waits for the client any more. */
    void drained() {
        if (!listeners().own().drain.isEmpty()) {
            dispatcher.execute(() -> listeners().own().drain.forEach(NamespaceListeners::guarded));
        }
    }

    /** Answers an event, if somebody is still there. */
    void acknowledge(Packet ack) {
        transmit(ack, Delivery.RELIABLE, true);
    }

    /** Sends what its client is given later if it is away. */
    EmitResult transmit(Packet packet, boolean compress) {
        return recovery == null || joining()
                ? transmit(packet, namespace.delivery(), compress)
                : recovery.send(packet, this, compress);
    }

    EmitResult transmit(Packet packet, Delivery delivery, boolean compress) {
        if (!connected()) {
            return EmitResult.DISCONNECTED;
        }
        Encoded encoded = slot().generation().encode(packet).compress(compress);
        if (slot().send(encoded, delivery) != null) {
            return EmitResult.DROPPED;
        }
        sending(packet);
        return EmitResult.ACCEPTED;
    }

    private void write(Packet packet) {
        EngineSession slot = client.slot();
        slot.send(slot.generation().encode(packet));
    }
}
