package io.everwire.core;

import io.everwire.CloseReason;
import io.everwire.HandlerMode;
import io.everwire.core.connect.CoreHandshake;
import io.everwire.core.request.AttributedHead;
import io.everwire.engine.EngineSession;
import io.everwire.engine.EngineSessionListener;
import io.everwire.engine.MemoryBudget;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.Packet;
import io.everwire.protocol.ReachedLimit;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.text.Json;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client with its sockets, one for each namespace that it joined. Packets are handled in the session's turn.
 */
final class ClientConnection implements EngineSessionListener {
    private final ServerContext context;
    private final NamespaceTable namespaces;
    private final EngineSession session;
    private final RequestHead head;

    /** A {@link NamespaceMap}. A socket that the server disconnected stays until the client joins again or leaves. */
    private @Nullable Object sockets;

    /** A {@link NamespaceMap} of the attempts to join that the client waits for. */
    private @Nullable Object attempts;

    /** The number of attempts that the client does not wait for any more, and that have not ended. */
    private int replaced;

    /** Created for the first event: many clients never send one (benchmark idle). Used in the session's turn. */
    private @Nullable ClientInput input;

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

    /** Returns the input that is not handled yet. Called in the session's turn. */
    ClientInput input() {
        ClientInput known = input;
        if (known == null) {
            known = new ClientInput(session, context.options().maxPendingInput());
            input = known;
        }
        return known;
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
        context.counts().moved(session.generation().name(), transport, name);
        firstTransport = transport.isEmpty() ? name : firstTransport;
        transport = name;
    }

    /**
     * An official client may send any packet but CONNECT_ERROR while its CONNECT packet is not answered: it left and joins again before
     * it received the answer to an earlier one (see decision 37).
     */
    @Override
    public void packet(Packet packet) {
        CoreSocket socket = NamespaceMap.get(sockets, packet.namespace());
        if (packet instanceof Packet.Connect connect) {
            connect(connect);
        } else if (packet instanceof Packet.ConnectError) {
            protocolViolation();
        } else if (packet instanceof Packet.Disconnect) {
            disconnect(packet.namespace(), socket);
        } else if (socket == null) {
            JoinAttempt attempt = NamespaceMap.get(attempts, packet.namespace());
            if (attempt == null) {
                protocolViolation();
            }
        } else if (fits(packet)) {
            if (packet instanceof Packet.Ack ack) {
                socket.pendingAcks().answer(ack);
            } else if (socket.connected()) {
                // A packet that crosses the server's DISCONNECT packet is not a mistake of the client: it is ignored.
                socket.receive(packet);
            }
        }
    }

    /** Returns whether a packet passes no limit; reports it otherwise. It is dropped then. */
    private boolean fits(Packet packet) {
        ReachedLimit reached = context.packetLimits().reached(packet);
        if (reached != null) {
            session.limitReached(reached, "a packet was dropped");
        }
        return reached == null;
    }

    private void disconnect(String namespace, @Nullable CoreSocket socket) {
        JoinAttempt attempt = NamespaceMap.get(attempts, namespace);
        if (socket == null && attempt == null) {
            protocolViolation();
            return;
        }
        replace(attempt);
        if (socket != null) {
            sockets = NamespaceMap.remove(sockets, socket);
            socket.close(CloseReason.CLIENT_NAMESPACE_DISCONNECT);
        }
    }

    /** {@inheritDoc} A client that has not joined sends nothing but {@code auth} objects, of several namespaces at most. */
    @Override
    public int inputLimit() {
        long joining = 2L * context.options().limits().maxAuthBytes() + MemoryBudget.STEP;
        boolean joined = sockets != null || attempts != null;
        return joined ? Integer.MAX_VALUE : (int) Math.min(joining, Integer.MAX_VALUE);
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
        context.counts().moved(session.generation().name(), transport, "");
        context.connectionLimits().closed(head.remoteAddress());
        closeSockets(Reasons.of(reason));
    }

    /**
     * Closes the connection because the client broke a rule. Its sockets are closed now, as in socket.io 4.8, and not with the
     * connection, which waits until a polling client fetches the close packet.
     */
    private void protocolViolation() {
        countJoined();
        closeSockets(CloseReason.FORCED_SERVER_CLOSE);
        session.close(io.everwire.protocol.CloseReason.FORCED_SERVER_CLOSE);
    }

    private void closeSockets(CloseReason reason) {
        NamespaceMap.<JoinAttempt>all(attempts).forEach(this::replace);
        for (CoreSocket socket : all()) {
            socket.close(reason);
        }
        sockets = null;
    }

    // Joining namespaces

    private void connect(Packet.Connect packet) {
        if (context.closing().get()) {
            // The connection stays only to send its queued packets.
            return;
        }
        String name = packet.namespace();
        JoinAttempt earlier = NamespaceMap.get(attempts, name);
        ReachedLimit reached = reached(packet, earlier);
        replace(earlier);
        if (reached != null) {
            refuse(name, reached);
            return;
        }
        CoreHandshake handshake = new CoreHandshake(
                head,
                session.generation().name(),
                firstTransport,
                Instant.now(),
                packet,
                context.packets().codec(),
                AttributedHead.attributes(head));
        JoinAttempt attempt = new JoinAttempt(this, context, namespaces, name, handshake);
        attempts = NamespaceMap.put(attempts, attempt);
        attempt.start();
    }

    /** Returns the limit that one more attempt to join would pass, or null. Sockets that the server disconnected make room. */
    private @Nullable ReachedLimit reached(Packet.Connect packet, @Nullable JoinAttempt earlier) {
        String name = packet.namespace();
        ReachedLimit reached = context.packetLimits().reached(packet);
        if (reached != null) {
            return reached;
        }
        int max = context.options().maxNamespaces();
        boolean known = earlier != null || NamespaceMap.get(sockets, name) != null;
        if (!known && members() >= max) {
            all().stream()
                    .filter(socket -> !socket.connected())
                    .forEach(socket -> sockets = NamespaceMap.remove(sockets, socket));
        }
        int more = known ? replaced + 1 : members() + 1;
        return more > max ? new ReachedLimit("maxNamespaces", max, more) : null;
    }

    private int members() {
        return NamespaceMap.size(sockets) + NamespaceMap.size(attempts) + replaced;
    }

    /** Refuses a namespace because of a limit. The client keeps its other namespaces. */
    private void refuse(String name, ReachedLimit reached) {
        session.limitReached(reached, "a namespace was not joined");
        closeReplaced(name);
        sendConnectError(name, Bytes.utf8("{\"message\":" + Bytes.of(Json.quote(reached.toString())) + "}"));
    }

    /** Refuses an attempt because of a limit. Called in the session's turn. */
    void refused(JoinAttempt attempt, ReachedLimit reached) {
        if (attempt.equals(NamespaceMap.get(attempts, attempt.namespaceName()))) {
            attempts = NamespaceMap.remove(attempts, attempt);
            refuse(attempt.namespaceName(), reached);
        } else {
            replaced--;
        }
    }

    /** Abandons an attempt, if any. It counts until its look-up or middleware ends, so that a client cannot start any number of them. */
    private void replace(@Nullable JoinAttempt attempt) {
        if (attempt != null) {
            attempts = NamespaceMap.remove(attempts, attempt);
            replaced++;
            attempt.abandon();
        }
    }

    /** The middleware accepted the socket. Called in the session's turn. */
    void accepted(CoreSocket socket) {
        JoinAttempt attempt = NamespaceMap.get(attempts, socket.namespaceName());
        if (attempt == null || !attempt.isOf(socket)) {
            replaced--;
            return;
        }
        attempts = NamespaceMap.remove(attempts, attempt);
        if (!open()) {
            // The connection may be open only to send its close packet (socket.io 4.8 checks that it is open, too).
            attempt.abandon();
            return;
        }
        if (attempt.endsConnection()) {
            return;
        }
        cancelConnectTimer();
        countJoined();
        // The client had left before it knew that it had joined, and joined again: its first socket served it.
        closeReplaced(socket.namespaceName());
        sockets = NamespaceMap.put(sockets, socket);
        socket.start();
    }

    /** The middleware refused the socket. Called in the session's turn. */
    void refused(CoreSocket socket, Bytes payload) {
        JoinAttempt attempt = NamespaceMap.get(attempts, socket.namespaceName());
        if (attempt == null || !attempt.isOf(socket)) {
            replaced--;
        } else {
            refused(attempt, payload);
        }
    }

    /** An attempt has failed. Called in the session's turn. */
    void refused(JoinAttempt attempt, Bytes payload) {
        String name = attempt.namespaceName();
        if (!attempt.equals(NamespaceMap.get(attempts, name))) {
            replaced--;
            return;
        }
        attempts = NamespaceMap.remove(attempts, attempt);
        attempt.abandon();
        if (open()) {
            closeReplaced(name);
            sendConnectError(name, payload);
        }
    }

    /** Closes the socket of a client that joins again. It stays: packets that the client sent before it receives the answer are ignored. */
    private void closeReplaced(String namespace) {
        CoreSocket before = NamespaceMap.get(sockets, namespace);
        if (before != null) {
            before.close(CloseReason.CLIENT_NAMESPACE_DISCONNECT);
        }
    }

    /** Returns whether the client can still join namespaces. */
    boolean open() {
        return !session.ending();
    }

    private void sendConnectError(String namespace, Bytes payload) {
        session.send(session.generation().encode(new Packet.ConnectError(namespace, payload)));
    }

    /** Gives up the place of a socket in its namespace. Any thread. */
    void left(CoreSocket socket) {
        session.keepMore(-socket.handshake().authBytes());
        namespaces.leave(socket.namespace());
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
        if (sockets == null) {
            // Closing sessions do not count: a client that does not fetch its close packet keeps its place no longer.
            countJoined();
            long limit = context.options().connectTimeout().toMillis();
            session.limitReached(ReachedLimit.time("connectTimeout", limit), "the client was closed");
            session.close(io.everwire.protocol.CloseReason.FORCED_SERVER_CLOSE);
        }
    }

    private void cancelConnectTimer() {
        if (connectTimer != null) {
            connectTimer.cancel(false);
            connectTimer = null;
        }
    }

    // Threads

    void runInTurn(Runnable task) {
        session.execute(task);
    }

    void runOffLoop(Runnable task) {
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

    private List<CoreSocket> all() {
        return NamespaceMap.all(sockets);
    }
}
