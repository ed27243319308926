package io.everwire.core;

import io.everwire.CloseReason;
import io.everwire.HandlerMode;
import io.everwire.Handshake;
import io.everwire.adapter.RestoredSession;
import io.everwire.core.connect.CoreHandshake;
import io.everwire.core.connect.DynamicNamespaceLookup;
import io.everwire.core.connect.NamespaceConnect;
import io.everwire.core.connect.SessionRestore;
import io.everwire.core.dispatch.InputQueue;
import io.everwire.engine.EngineSession;
import io.everwire.engine.EngineSessionListener;
import io.everwire.engine.SmallList;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.Packet;
import io.everwire.protocol.RequestHead;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client with its sockets, one for each namespace that it joined. Packets are handled in the session's turn.
 */
final class ClientConnection
        implements EngineSessionListener, InputQueue, DynamicNamespaceLookup.Caller<CoreDynamicNamespaces> {
    private static final Bytes INVALID_NAMESPACE = Bytes.utf8("{\"message\":\"Invalid namespace\"}");

    private static final AtomicIntegerFieldUpdater<ClientConnection> QUEUED_INPUT =
            AtomicIntegerFieldUpdater.newUpdater(ClientConnection.class, "queuedInput");

    private final ServerContext context;
    private final NamespaceTable namespaces;
    private final EngineSession session;
    private final RequestHead head;

    /** A {@link SmallList}. A socket that the server disconnected stays until the client joins again or leaves. */
    private @Nullable Object sockets;

    /** The namespaces that the client asked for and whose dynamic namespaces or saved session are being looked up. */
    private Set<String> lookups = Set.of();

    private volatile int queuedInput;
    private volatile boolean paused;
    private volatile int connections;
    private volatile String transport = "";

    /** The transport that opened the connection. */
    private String firstTransport = "";

    private volatile boolean notifiesDrain;
    private @Nullable Future<?> connectTimer;

    /** True once it joined its first namespace, or was closed before. */
    private boolean counted;

    ClientConnection(ServerContext context, NamespaceTable namespaces, EngineSession session, RequestHead head) {
        this.context = context;
        this.namespaces = namespaces;
        this.session = session;
        this.head = head;
        context.connectionLimits().opened(head.remoteAddress());
    }

    EngineSession session() {
        return session;
    }

    String transport() {
        return transport;
    }

    int connections() {
        return connections;
    }

    // From the session

    /** A POST uses a connection that exists already, so it does not count. */
    @Override
    public void requestReceived(RequestHead request) {
        if (!request.method().equals("POST")) {
            connections = connections() + 1;
        }
    }

    @Override
    public void transport(String name) {
        if (transport.isEmpty() && connectTimer == null && sockets == null) {
            connectTimer = session.schedule(
                    this::connectTimedOut, context.options().connectTimeout().toMillis());
        }
        firstTransport = transport.isEmpty() ? name : firstTransport;
        transport = name;
    }

    @Override
    public void packet(Packet packet) {
        CoreSocket socket = socket(packet.namespace());
        if ((!lookups.isEmpty() && lookups.contains(packet.namespace())) || (socket != null && socket.joining())) {
            // As in socket.io 4.8: for the client, the namespace is not joined before it receives the CONNECT packet.
            protocolViolation();
        } else if (packet instanceof Packet.Connect connect && (socket == null || !socket.connected())) {
            connect(connect);
        } else if (socket == null || packet instanceof Packet.Connect || packet instanceof Packet.ConnectError) {
            protocolViolation();
        } else if (packet instanceof Packet.Disconnect) {
            remove(socket);
            socket.close(CloseReason.CLIENT_NAMESPACE_DISCONNECT);
        } else if (packet instanceof Packet.Ack ack) {
            socket.pendingAcks().answer(ack);
        } else if (packet instanceof Packet.Event event && isNameTooLong(event)) {
            protocolViolation();
        } else if (socket.connected()) {
            // A packet that crosses the server's DISCONNECT packet is not a mistake of the client: it is ignored.
            socket.receive(packet);
        }
    }

    /** The quotes of the JSON string do not count. */
    private boolean isNameTooLong(Packet.Event event) {
        return event.data().element(0).length() - 2 > context.options().limits().maxEventNameLength();
    }

    @Override
    public void drained() {
        if (notifiesDrain) {
            all().forEach(CoreSocket::drained);
        }
        if (context.closing().get() && !session.ending()) {
            session.close(io.everwire.protocol.CloseReason.SERVER_SHUTTING_DOWN);
        }
    }

    @Override
    public void closed(io.everwire.protocol.CloseReason reason) {
        cancelConnectTimer();
        countJoined();
        context.connectionLimits().closed(head.remoteAddress());
        closeSockets(Reasons.of(reason));
    }

    /**
     * Closes the connection because the client broke a rule. Its sockets are closed now, as in socket.io 4.8, and not with the
     * connection, which waits until a polling client fetches the close packet.
     */
    private void protocolViolation() {
        closeSockets(CloseReason.FORCED_SERVER_CLOSE);
        session.close(io.everwire.protocol.CloseReason.FORCED_SERVER_CLOSE);
    }

    private void closeSockets(CloseReason reason) {
        for (CoreSocket socket : all()) {
            if (socket.joining()) {
                socket.abandon();
            } else {
                socket.close(reason);
            }
        }
        sockets = null;
        lookups = Set.of();
    }

    // Joining namespaces

    private void connect(Packet.Connect packet) {
        if (context.closing().get()) {
            // The connection stays only to send its queued packets.
            return;
        }
        String name = packet.namespace();
        long joined = all().stream()
                .filter(socket -> socket.connected() || socket.joining())
                .count();
        if (joined + lookups.size() >= context.options().maxNamespaces()
                || name.length() > context.options().limits().maxNamespaceLength()) {
            protocolViolation();
            return;
        }
        CoreHandshake handshake = new CoreHandshake(
                head,
                session.generation().name(),
                firstTransport,
                Instant.now(),
                packet,
                context.packets().codec());
        CoreNamespace namespace = namespaces.enter(name);
        if (namespace == null) {
            lookupStarted(name);
            new DynamicNamespaceLookup<>(this, name, handshake, namespaces.parents()).start();
        } else {
            join(namespace, handshake);
        }
    }

    @Override
    public void lookupEnded(String name, Handshake handshake, @Nullable CoreDynamicNamespaces found) {
        if (endLookup(name) && !session.ending()) {
            CoreNamespace namespace = found == null ? null : namespaces.enter(name, found);
            if (namespace == null) {
                sendConnectError(name, INVALID_NAMESPACE);
            } else {
                join(namespace, (CoreHandshake) handshake);
            }
        }
    }

    private void join(CoreNamespace namespace, CoreHandshake handshake) {
        Packet.Recovery claimed = handshake.recovery();
        if (claimed == null || context.recovery() == null) {
            join(namespace, handshake, null);
            return;
        }
        SessionRestore.start(namespace.adapter(), claimed, restored -> join(namespace, handshake, restored), () -> {
            lookupStarted(namespace.name());
            return restored -> session.execute(() -> restoreEnded(namespace, handshake, restored));
        });
    }

    private void restoreEnded(CoreNamespace namespace, CoreHandshake handshake, @Nullable RestoredSession restored) {
        if (endLookup(namespace.name()) && !session.ending()) {
            join(namespace, handshake, restored);
        } else {
            namespaces.leave(namespace);
            if (restored != null) {
                restored.abandon();
            }
        }
    }

    private void join(CoreNamespace namespace, CoreHandshake handshake, @Nullable RestoredSession restored) {
        CoreSocket before = socket(namespace.name());
        if (before != null) {
            remove(before);
        }
        CoreSocket socket = new CoreSocket(namespace, this, handshake, restored);
        sockets = SmallList.with(sockets, socket);
        new NamespaceConnect(socket).start();
    }

    private void lookupStarted(String namespace) {
        Set<String> more = new HashSet<>(lookups);
        more.add(namespace);
        lookups = more;
    }

    /** Returns whether the look-up was still wanted. */
    private boolean endLookup(String namespace) {
        if (!lookups.contains(namespace)) {
            return false;
        }
        Set<String> left = new HashSet<>(lookups);
        left.remove(namespace);
        lookups = left.isEmpty() ? Set.of() : left;
        return true;
    }

    /** The middleware accepted the socket. Called in the session's turn. */
    void accepted(CoreSocket socket) {
        if (socket.joining() && session.ending()) {
            // The connection may be open only to send its close packet (socket.io 4.8 checks that it is open, too).
            remove(socket);
            socket.abandon();
        } else if (socket.joining()) {
            cancelConnectTimer();
            countJoined();
            socket.start();
        }
    }

    /** The middleware refused the socket. Called in the session's turn. */
    void refused(CoreSocket socket, Bytes payload) {
        if (socket.joining()) {
            remove(socket);
            socket.abandon();
            sendConnectError(socket.namespace().name(), payload);
        }
    }

    private void sendConnectError(String namespace, Bytes payload) {
        session.send(session.generation().encode(new Packet.ConnectError(namespace, payload)));
    }

    /** Gives up the place of a socket in its namespace. */
    void leave(CoreNamespace namespace) {
        namespaces.leave(namespace);
    }

    /**
     * Disconnects every socket and closes the connection. Any thread.
     *
     * @param closed a socket that is closed already but whose client has not received the DISCONNECT packet, or null
     */
    void disconnect(@Nullable CoreSocket closed) {
        session.execute(() -> {
            for (CoreSocket socket : all()) {
                if (socket.equals(closed)) {
                    socket.sendDisconnect();
                } else {
                    socket.disconnect();
                }
            }
            session.close(io.everwire.protocol.CloseReason.FORCED_CLOSE);
        });
    }

    private void countJoined() {
        if (!counted) {
            counted = true;
            context.connectionLimits().joined();
        }
    }

    private void connectTimedOut() {
        if (all().stream().allMatch(CoreSocket::joining)) {
            session.close(io.everwire.protocol.CloseReason.FORCED_SERVER_CLOSE);
        }
    }

    private void cancelConnectTimer() {
        if (connectTimer != null) {
            connectTimer.cancel(false);
            connectTimer = null;
        }
    }

    // Input

    @Override
    public void add(int bytes) {
        if (QUEUED_INPUT.addAndGet(this, bytes) > context.options().maxPendingInput() && !paused) {
            // In this order: a thread that sees the mark resumes reading after this call paused it.
            session.reading(false);
            paused = true;
            resumeReading();
        }
    }

    /** Returns the bytes of all its sockets. */
    @Override
    public int bytes() {
        return queuedInput;
    }

    @Override
    public void handled(int bytes) {
        QUEUED_INPUT.addAndGet(this, -bytes);
        resumeReading();
    }

    private void resumeReading() {
        if (paused && queuedInput <= context.options().maxPendingInput() / 2 && clearPaused()) {
            session.reading(true);
        }
    }

    /** Returns whether this call cleared the mark. */
    private synchronized boolean clearPaused() {
        if (!paused) {
            return false;
        }
        paused = false;
        return true;
    }

    // Threads

    @Override
    public void runInTurn(Runnable task) {
        session.execute(task);
    }

    @Override
    public void runOffLoop(Runnable task) {
        if (context.options().handlerMode() == HandlerMode.EVENT_LOOP) {
            session.execute(task);
        } else {
            context.executors().runOffLoop(task);
        }
    }

    /** One of its sockets has drain listeners: few sockets have, and the check would cost each message. */
    void notifyDrain() {
        notifiesDrain = true;
    }

    // Sockets

    private @Nullable CoreSocket socket(String namespace) {
        // One socket is the usual case, looked up for each message.
        if (sockets instanceof CoreSocket one) {
            return one.namespace().name().equals(namespace) ? one : null;
        }
        for (CoreSocket socket : all()) {
            if (socket.namespace().name().equals(namespace)) {
                return socket;
            }
        }
        return null;
    }

    private List<CoreSocket> all() {
        return SmallList.all(sockets);
    }

    private void remove(CoreSocket socket) {
        sockets = SmallList.without(sockets, socket);
    }
}
