package io.everwire.core;

import io.everwire.CloseReason;
import io.everwire.EmitResult;
import io.everwire.Middleware;
import io.everwire.RecoveryOptions;
import io.everwire.Registration;
import io.everwire.Socket;
import io.everwire.SocketOperator;
import io.everwire.adapter.Adapter;
import io.everwire.adapter.RestoredSession;
import io.everwire.adapter.SocketDetails;
import io.everwire.core.connect.ConnectingSocket;
import io.everwire.core.connect.CoreHandshake;
import io.everwire.core.connect.RoomLimit;
import io.everwire.core.connect.SocketLifecycle;
import io.everwire.core.connect.SocketRecovery;
import io.everwire.core.dispatch.Dispatcher;
import io.everwire.core.dispatch.EventSettings;
import io.everwire.core.dispatch.EventTarget;
import io.everwire.core.dispatch.InboundEvent;
import io.everwire.core.dispatch.InputQueue;
import io.everwire.core.dispatch.Registrations;
import io.everwire.core.dispatch.SocketListeners;
import io.everwire.engine.Delivery;
import io.everwire.engine.DropCause;
import io.everwire.engine.EngineSession;
import io.everwire.json.JsonCodec;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Packet;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One client in one namespace. */
final class CoreSocket implements SocketSource, ConnectingSocket, EventTarget, AckTarget, NamespaceMap.Element {
    private final String id;
    private final CoreNamespace namespace;
    private final ClientConnection client;
    private final CoreHandshake handshake;
    private final Dispatcher dispatcher;
    private final SocketLifecycle lifecycle;
    private final @Nullable SocketRecovery recovery;
    private final boolean recovered;

    /** Created when something is kept: many sockets keep nothing (benchmark idle). Created while holding the lifecycle. */
    private volatile @Nullable SocketState state;

    /** @param restored the session that the socket continues, or null for a new socket */
    CoreSocket(
            CoreNamespace namespace,
            ClientConnection client,
            CoreHandshake handshake,
            @Nullable RestoredSession restored) {
        this.id = SocketIds.of(namespace, handshake, restored);
        this.namespace = namespace;
        this.client = client;
        this.handshake = handshake;
        this.lifecycle = new SocketLifecycle(
                this, restored == null ? Set.of() : restored.session().rooms());
        this.recovered = restored != null;
        boolean recovers =
                context().recovery() != null && session().generation().recovers();
        this.recovery = recovers ? SocketRecovery.of(adapter(), id, restored, handshake.recovery()) : null;
        this.dispatcher = new Dispatcher(this, context().executors().mailbox(namespace.handlerMode(), session()));
        this.state = restored == null
                ? null
                : newState(SavedAttributes.of(restored.session().data(), codec()));
    }

    // For applications

    @Override
    public String id() {
        return id;
    }

    @Override
    public CoreNamespace namespace() {
        return namespace;
    }

    @Override
    public String namespaceName() {
        return namespace.name();
    }

    @Override
    public CoreHandshake handshake() {
        return handshake;
    }

    @Override
    public String transport() {
        return client.transport();
    }

    @Override
    public int connections() {
        return client.connections();
    }

    @Override
    public CoreAttributes attributes() {
        return state().attributes();
    }

    @Override
    public boolean connected() {
        return lifecycle.connected();
    }

    @Override
    public boolean recovered() {
        return recovered;
    }

    @Override
    public Set<String> rooms() {
        return lifecycle.rooms();
    }

    @Override
    public void join(Collection<String> rooms) {
        lifecycle.join(List.copyOf(rooms));
    }

    @Override
    public CompletableFuture<Void> joinAsync(Collection<String> rooms) {
        return lifecycle.join(List.copyOf(rooms)).toCompletableFuture();
    }

    @Override
    public void leave(Collection<String> rooms) {
        rooms.forEach(lifecycle::leave);
    }

    @Override
    public Registration onDrain(Runnable listener) {
        client.notifyDrain();
        return Registrations.add(own().drain, listener);
    }

    @Override
    public int pressure() {
        return session().waiting();
    }

    @Override
    public void disconnect(boolean close) {
        if (close) {
            // This socket at once: nothing more of it is handled or sent, even if the turn of the others comes later.
            client.disconnect(close(CloseReason.SERVER_NAMESPACE_DISCONNECT) ? this : null);
        } else if (close(CloseReason.SERVER_NAMESPACE_DISCONNECT)) {
            sendDisconnect();
        }
    }

    @Override
    public SocketOperator operator() {
        return CoreSocketOperator.of(this);
    }

    // Lifecycle

    @Override
    public Socket socket() {
        return this;
    }

    @Override
    public Adapter adapter() {
        return namespace.adapter();
    }

    @Override
    public RoomLimit roomLimit() {
        return context().roomLimit();
    }

    @Override
    public int maxRooms() {
        return context().options().limits().maxRoomsPerSocket();
    }

    @Override
    public List<Middleware.Async> middleware() {
        RecoveryOptions options = context().options().connectionStateRecovery();
        boolean skips = recovered && options != null && options.skipMiddlewares();
        return skips ? List.of() : namespace.middleware();
    }

    @Override
    public SocketDetails details() {
        return new LocalSocketDetails(this);
    }

    @Override
    public boolean joining() {
        return lifecycle.joining();
    }

    @Override
    public void makeVisible() {
        namespace.add(this);
    }

    @Override
    public void accepted() {
        client.accepted(this);
    }

    @Override
    public void refused(Bytes payload) {
        client.refused(this, payload);
    }

    @Override
    public Bytes json(@Nullable Object value) {
        return packets().json(value);
    }

    @Override
    public void runInTurn(Runnable task) {
        session().execute(task);
    }

    @Override
    public void runOffLoop(Runnable task) {
        dispatcher.runOffLoop(task, context().executors(), this::runInTurn);
    }

    /**
     * Joins the namespace: the client receives the CONNECT packet, then listeners are called. Called in the session's turn. The packet
     * is sent before other code can find the socket and send to it.
     */
    void start() {
        boolean notifies = socketListeners().notifiesConnection();
        Runnable joined = () -> socketListeners().connected(this);
        if (recovery != null && recovery.resumes()) {
            dispatcher.start(() -> lifecycle.resume(recovery, this::sendMissed), notifies, joined);
        } else {
            sendConnect();
            dispatcher.start(lifecycle::enter, notifies, joined);
        }
    }

    /** Sends the missed packets before the CONNECT packet, as recorded with socket.io 4.8. */
    private void sendMissed(List<Packet> missed) {
        missed.forEach(this::sendControl);
        sendConnect();
    }

    private void sendConnect() {
        String pid = recovery == null ? "" : "\",\"pid\":\"" + recovery.pid();
        sendControl(new Packet.Connect(namespace.name(), Bytes.utf8("{\"sid\":\"" + id + pid + "\"}")));
    }

    void sendDisconnect() {
        sendControl(new Packet.Disconnect(namespace.name()));
    }

    private void sendControl(Packet packet) {
        session().send(session().generation().encode(packet));
    }

    /** Ends the socket before it joined: no listener is called. Called in the session's turn. */
    void abandon() {
        lifecycle.refuse();
        if (recovery != null) {
            recovery.abandon();
        }
        client.left(this);
    }

    /** Disconnects it, once: listeners are called, rooms left. Returns whether this call did it. Any thread. */
    boolean close(CloseReason reason) {
        long since = context().clock().getAsLong();
        if (!lifecycle.disconnect()) {
            return false;
        }
        namespace.remove(this);
        session().dropLatest(namespaceName());
        if (recovery != null) {
            // Now, not after the listeners: the client may be back before that.
            recovery.save(reason, this, adapter().rooms(this), new SavedAttributes(attributes(), codec()), since);
        }
        SocketState known = state;
        if (known != null) {
            known.pendingAcks().failAll();
        }
        dispatcher.close(Reasons.byServer(reason), socketListeners().notifiesDisconnect(), () -> leave(reason));
        return true;
    }

    private void leave(CloseReason reason) {
        socketListeners().disconnecting(this, reason);
        namespace.leaveRooms(this);
        socketListeners().disconnected(this, reason);
        client.left(this);
    }

    // Receiving

    /** Handles an event or message that arrived. Called in the session's turn. */
    void receive(Packet packet) {
        dispatcher.receive(InboundEvent.of(packet, settings().arrival()));
    }

    /** Calls the drain listeners, as handlers are called. */
    void drained() {
        dispatcher.notifyDrained();
    }

    @Override
    public SocketListeners socketListeners() {
        SocketState known = state;
        return known == null ? namespace.commonListeners() : known.listeners();
    }

    @Override
    public EventSettings settings() {
        return context().events();
    }

    @Override
    public InputQueue input() {
        return client.input();
    }

    @Override
    public void failed(String event, Throwable failure) {
        socketListeners().failed(this, event, failure);
    }

    // Sending

    @Override
    public void acknowledge(long ackId, @Nullable Object... values) {
        transmit(packets().ack(namespace.name(), ackId, values), Delivery.RELIABLE, true);
    }

    /** Sends a packet that a disconnected client receives when it comes back. */
    EmitResult transmit(Packet packet, boolean compress) {
        return recovery == null || joining()
                ? transmit(packet, namespace.delivery(), compress)
                : recovery.send(packet, connected(), compress);
    }

    EmitResult transmit(Packet packet, Delivery delivery, boolean compress) {
        if (!connected()) {
            return EmitResult.DISCONNECTED;
        }
        Encoded encoded = session().generation().encode(packet).compress(compress);
        DropCause dropped = session().send(encoded, delivery);
        if (dropped == null) {
            notifyOutgoing(packet);
        }
        return Reasons.result(dropped);
    }

    /** Records the offset of a packet for recovery. Any thread, in the order of the packets. */
    void sent(Packet packet) {
        if (recovery != null) {
            recovery.sent(packet);
        }
    }

    /** Calls the handlers of every sent event, where handlers run. Any thread. */
    void notifyOutgoing(Packet packet) {
        dispatcher.notifySent(packet);
    }

    @Override
    public boolean hasAcks() {
        return session().generation().acks();
    }

    @Override
    public long nextAckId() {
        return namespace.nextAckId();
    }

    @Override
    public PendingAcks pendingAcks() {
        return state().pendingAcks();
    }

    @Override
    public Future<?> schedule(Runnable task, long delayMillis) {
        return session().schedule(task, delayMillis);
    }

    @Override
    public void completeOffLoop(Runnable task) {
        dispatcher.runOffLoop(task, context().executors(), Runnable::run);
    }

    @Override
    public JsonCodec codec() {
        return packets().codec();
    }

    // Parts

    EngineSession session() {
        return client.session();
    }

    PacketFactory packets() {
        return context().packets();
    }

    Duration ackTimeout() {
        return context().options().ackTimeout();
    }

    private ServerContext context() {
        return namespace.context();
    }

    @Override
    public SocketListeners.Own own() {
        return state().listeners().toAdd();
    }

    private SocketState state() {
        SocketState known = state;
        if (known == null) {
            synchronized (lifecycle) {
                known = state;
                if (known == null) {
                    known = newState(new CoreAttributes());
                    state = known;
                }
            }
        }
        return known;
    }

    private SocketState newState(CoreAttributes attributes) {
        return new SocketState(attributes, new PendingAcks(this), namespace.newListeners());
    }
}
