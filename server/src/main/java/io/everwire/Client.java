package io.everwire;

import io.everwire.adapter.RestoredSession;
import io.everwire.engine.EngineSession;
import io.everwire.engine.EngineSessionListener;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Packet;
import io.everwire.protocol.RequestHead;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/** One connection with its sockets, one for each namespace it joined. What arrives is handled in turns of its session. */
final class Client implements EngineSessionListener, Executor {
    private static final Bytes INVALID_NAMESPACE = Bytes.utf8("{\"message\":\"Invalid namespace\"}");

    private final SocketIoServer server;
    private final EngineSession slot;
    private final RequestHead head;

    private static final AtomicIntegerFieldUpdater<Client> WAITING_INPUT =
            AtomicIntegerFieldUpdater.newUpdater(Client.class, "waitingInput");

    /** {@link ClientSockets}; one that the server disconnected stays until the client joins again or leaves. */
    private @Nullable Object sockets;

    /** Namespaces it asked for: whether they may exist, or whether it was in them before, is being found out. */
    private Set<String> searched = Set.of();

    private volatile int waitingInput;
    private volatile boolean paused;
    private volatile int connections;
    private volatile String transport = "";

    /** The one that opened it. */
    private String firstTransport = "";

    private volatile boolean drainHeard;
    private @Nullable Future<?> connectTimer;
    private boolean settled;

    Client(SocketIoServer server, EngineSession slot, RequestHead head) {
        this.server = server;
        this.slot = slot;
        this.head = head;
        server.crowd().opened(head.remoteAddress());
    }

    SocketIoServer server() {
        return server;
    }

    EngineSession slot() {
        return slot;
    }

    String transport() {
        return transport;
    }

    int connections() {
        return connections;
    }

    /** What a POST brings is sent on a connection that is there already. */
    @Override
    public void requestReceived(RequestHead head) {
        if (!head.method().equals("POST")) {
            connections = connections() + 1;
        }
    }

    @Override
    public void transport(String name) {
        if (transport.isEmpty() && connectTimer == null && sockets == null) {
            connectTimer = slot.schedule(
                    this::connectTimedOut, server.options().connectTimeout().toMillis());
        }
        firstTransport = transport.isEmpty() ? name : firstTransport;
        transport = name;
    }

    @Override
    public void packet(Packet packet) {
        Socket socket = ClientSockets.of(sockets, packet.namespace());
        if ((!searched.isEmpty() && searched.contains(packet.namespace())) || (socket != null && socket.joining())) {
            // As in the reference: to the client, the namespace is not joined before it is told so.
            breach();
        } else if (packet instanceof Packet.Connect connect && (socket == null || !socket.connected())) {
            connect(connect);
        } else if (socket == null || packet instanceof Packet.Connect || packet instanceof Packet.ConnectError) {
            breach();
        } else if (packet instanceof Packet.Disconnect) {
            sockets = ClientSockets.without(sockets, packet.namespace());
            socket.close(CloseReason.CLIENT_NAMESPACE_DISCONNECT);
        } else if (packet instanceof Packet.Ack ack) {
            socket.calls().answer(ack);
        } else if (packet instanceof Packet.Event event && isNamedTooLong(event)) {
            breach();
        } else if (socket.connected()) {
            // What crosses the server's own disconnect on its way is not the client's mistake.
            socket.receive(packet);
        }
    }

    /** Without the quotes that its JSON begins and ends with. */
    private boolean isNamedTooLong(Packet.Event event) {
        return event.data().element(0).length() - 2 > server.options().limits().maxEventNameLength();
    }

    /** One of its sockets wants to hear when nothing waits any more: nearly none does, and it would be told after each message. */
    void hearsDrain() {
        drainHeard = true;
    }

    @Override
    public void drained() {
        if (drainHeard) {
            ClientSockets.all(sockets).forEach(Socket::drained);
        }
        if (server.engine().core().closing() && !slot.ending()) {
            slot.close(CloseReason.SERVER_SHUTTING_DOWN);
        }
    }

    @Override
    public void closed(CloseReason reason) {
        cancelConnectTimer();
        settle();
        server.crowd().closed(head.remoteAddress());
        endSockets(reason);
    }

    /**
     * The client broke a rule: its sockets end now, as in the reference, and not when the connection does, which waits for a
     * client that polls to come for the close packet.
     */
    private void breach() {
        endSockets(CloseReason.FORCED_SERVER_CLOSE);
        slot.close(CloseReason.FORCED_SERVER_CLOSE);
    }

    private void endSockets(CloseReason reason) {
        for (Socket socket : ClientSockets.all(sockets)) {
            if (socket.joining()) {
                socket.turnAway();
            } else {
                socket.close(reason);
            }
        }
        sockets = null;
        searched = Set.of();
    }

    /**
     * Disconnects every socket and closes the connection. Any thread.
     *
     * @param ended one that has ended already, of which the client was not told yet, or null
     */
    void disconnect(@Nullable Socket ended) {
        slot.execute(() -> {
            for (Socket socket : ClientSockets.all(sockets)) {
                if (socket.equals(ended)) {
                    socket.tellDisconnect();
                } else {
                    socket.disconnect();
                }
            }
            slot.close(CloseReason.FORCED_CLOSE);
        });
    }

    /** Something of this size now waits for handlers. Called in a turn. */
    void inputWaits(int bytes) {
        if (WAITING_INPUT.addAndGet(this, bytes) > server.options().maxPendingInput() && !paused) {
            // In this order: whoever finds the mark set may be sure that its own "read on" comes later.
            slot.reading(false);
            paused = true;
            readOn();
        }
    }

    /** How much waits for handlers, of all its sockets, in bytes. Any thread. */
    int inputWaiting() {
        return waitingInput;
    }

    /** It was handled. Any thread. */
    void inputHandled(int bytes) {
        WAITING_INPUT.addAndGet(this, -bytes);
        readOn();
    }

    private void readOn() {
        if (paused && waitingInput <= server.options().maxPendingInput() / 2 && unpause()) {
            slot.reading(true);
        }
    }

    /** Returns whether this call did it. */
    private synchronized boolean unpause() {
        if (!paused) {
            return false;
        }
        paused = false;
        return true;
    }

    private void connect(Packet.Connect packet) {
        if (server.engine().core().closing()) {
            // It stays only to take what waits for it.
            return;
        }
        String name = packet.namespace();
        long joined = ClientSockets.all(sockets).stream()
                .filter(socket -> !socket.gone())
                .count();
        if (joined + searched.size() >= server.options().maxNamespaces()
                || name.length() > server.options().limits().maxNamespaceLength()) {
            breach();
            return;
        }
        Handshake handshake = new Handshake(
                head,
                slot.generation().name(),
                firstTransport,
                Instant.now(),
                packet,
                server.outgoing().codec());
        Namespace namespace = server.namespaces().enter(name);
        if (namespace == null) {
            searches(name);
            new DynamicNamespaceLookup(
                            this, name, handshake, server.namespaces().parents())
                    .start();
        } else {
            join(namespace, handshake);
        }
    }

    /** Whose child the namespace shall be that did not exist, or null. Called in a turn. */
    void found(String name, Handshake handshake, @Nullable DynamicNamespaces parent) {
        if (ceaseSearch(name) && !slot.ending()) {
            Namespace namespace = parent == null ? null : server.namespaces().enter(name, parent);
            if (namespace == null) {
                refuse(name, INVALID_NAMESPACE);
            } else {
                join(namespace, handshake);
            }
        }
    }

    private void join(Namespace namespace, Handshake handshake) {
        Packet.Recovery said = handshake.recovery();
        if (said == null || server.recovery() == null) {
            join(namespace, handshake, null);
        } else {
            new SessionRestore(this, namespace, handshake).start(said);
        }
    }

    /** Something about a namespace is being found out; called in a turn. */
    void searches(String namespace) {
        Set<String> more = new HashSet<>(searched);
        more.add(namespace);
        searched = more;
    }

    private boolean ceaseSearch(String namespace) {
        if (!searched.contains(namespace)) {
            return false;
        }
        Set<String> left = new HashSet<>(searched);
        left.remove(namespace);
        searched = left.isEmpty() ? Set.of() : left;
        return true;
    }

    /** What it goes on with in a namespace, or null. Called in a turn. */
    void searched(Namespace namespace, Handshake handshake, @Nullable RestoredSession session) {
        if (ceaseSearch(namespace.name()) && !slot.ending()) {
            join(namespace, handshake, session);
        } else {
            server.namespaces().leave(namespace);
            if (session != null) {
                session.abandon();
            }
        }
    }

    /** As a new socket, or as that of {@code session}. */
    void join(Namespace namespace, Handshake handshake, @Nullable RestoredSession session) {
        Socket socket = new Socket(namespace, this, handshake, session);
        sockets = ClientSockets.with(sockets, socket);
        new NamespaceConnect(this, socket).start();
    }

    /** The middleware let the socket in. Called in a turn. */
    void admit(Socket socket) {
        if (socket.joining() && slot.ending()) {
            // The connection may only be there for its close packet (socket.io 4.8 looks whether it is open, too).
            sockets = ClientSockets.without(sockets, socket.namespace().name());
            socket.turnAway();
        } else if (socket.joining()) {
            cancelConnectTimer();
            settle();
            socket.start();
        }
    }

    /** The middleware refused the socket. Called in a turn. */
    void refuse(Socket socket, Bytes payload) {
        if (socket.joining()) {
            sockets = ClientSockets.without(sockets, socket.namespace().name());
            socket.turnAway();
            refuse(socket.namespace().name(), payload);
        }
    }

    private void refuse(String namespace, Bytes payload) {
        slot.send(slot.generation().encode(new Packet.ConnectError(namespace, payload)));
    }

    /** Has the mailbox of one of its sockets worked off. Any thread. */
    @Override
    public void execute(Runnable mailbox) {
        server.handOver(mailbox, slot.loop());
    }

    /** Runs what may block where handlers run, outside the order of any socket; on the loop if that is where they run. */
    void aside(Runnable task) {
        if (server.options().handlerMode() == HandlerMode.EVENT_LOOP) {
            slot.execute(task);
        } else {
            server.aside(task);
        }
    }

    /** It is no longer among those that have joined nothing yet. */
    private void settle() {
        if (!settled) {
            settled = true;
            server.crowd().settled();
        }
    }

    private void connectTimedOut() {
        if (ClientSockets.all(sockets).stream().allMatch(Socket::joining)) {
            slot.close(CloseReason.FORCED_SERVER_CLOSE);
        }
    }

    private void cancelConnectTimer() {
        if (connectTimer != null) {
            connectTimer.cancel(false);
            connectTimer = null;
        }
    }
}
