package io.everwire.core;

import io.everwire.Handshake;
import io.everwire.ServerObserver;
import io.everwire.adapter.RestoredSession;
import io.everwire.core.connect.CoreHandshake;
import io.everwire.core.connect.DynamicNamespaceLookup;
import io.everwire.core.connect.NamespaceConnect;
import io.everwire.core.connect.SessionRestore;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Packet;
import io.everwire.protocol.ReachedLimit;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a client to join a namespace: looks for the namespace, restores a saved session, and runs the middleware. It ends with
 * one call of {@link ClientConnection}, also if a later attempt has replaced it. Used in the session's turn.
 */
final class JoinAttempt implements NamespaceMap.Element, DynamicNamespaceLookup.Caller<CoreDynamicNamespaces> {
    private static final Bytes INVALID_NAMESPACE = Bytes.utf8("{\"message\":\"Invalid namespace\"}");

    private final ClientConnection client;
    private final ServerContext context;
    private final NamespaceTable namespaces;
    private final String name;
    private final CoreHandshake handshake;
    private boolean wanted = true;

    /** Null until the middleware runs. */
    private @Nullable CoreSocket socket;

    /** The session that the socket continues; null for a new one. */
    private @Nullable RestoredSession restored;

    JoinAttempt(
            ClientConnection client,
            ServerContext context,
            NamespaceTable namespaces,
            String name,
            CoreHandshake handshake) {
        this.client = client;
        this.context = context;
        this.namespaces = namespaces;
        this.name = name;
        this.handshake = handshake;
    }

    @Override
    public String namespaceName() {
        return name;
    }

    /** Returns whether its middleware decides about {@code socket}. */
    boolean isOf(CoreSocket candidate) {
        return candidate.equals(socket);
    }

    /**
     * Ends the connection if the packets that a recovered client missed are not there any more. Middleware has seen a
     * recovered socket, so it cannot become a new one: the client connects again. Called in the session's turn.
     */
    boolean endsConnection() {
        if (restored == null || restored.isComplete()) {
            return false;
        }
        abandon();
        client.session().close(CloseReason.FORCED_CLOSE);
        return true;
    }

    /** Starts; it may end before this returns. */
    void start() {
        CoreNamespace namespace = namespaces.enter(name);
        if (namespace == null) {
            new DynamicNamespaceLookup<>(this, name, handshake, namespaces.parents()).start();
        } else {
            awaitReady(namespace);
        }
    }

    /** Abandons the attempt: another attempt replaces it, or the client has left. Middleware that runs already continues to its next step. */
    void abandon() {
        wanted = false;
        if (socket != null && socket.joining()) {
            socket.abandon();
        }
    }

    @Override
    public void lookupEnded(String name, Handshake handshake, @Nullable CoreDynamicNamespaces found) {
        if (found == null || !wanted || !client.open()) {
            client.refused(this, INVALID_NAMESPACE);
            return;
        }
        CoreNamespace namespace = namespaces.enter(name, found);
        if (namespace == null) {
            int max = context.options().maxDynamicNamespaces();
            client.refused(this, new ReachedLimit("maxDynamicNamespaces", max, max + 1L));
        } else {
            awaitReady(namespace);
        }
    }

    /** Waits until the namespace receives the events of other servers: the client must not miss them once it has joined. */
    @SuppressWarnings("FutureReturnValueIgnored") // Success and failure end the wait alike.
    private void awaitReady(CoreNamespace namespace) {
        if (namespace.ready().isDone()) {
            restore(namespace);
            return;
        }
        namespace
                .ready()
                .whenComplete((ready, failure) -> client.runInTurn(() -> {
                    if (wanted && client.open()) {
                        restore(namespace);
                    } else {
                        namespaces.leave(namespace);
                        client.refused(this, INVALID_NAMESPACE);
                    }
                }));
    }

    private void restore(CoreNamespace namespace) {
        Packet.Recovery claimed = handshake.recovery();
        if (claimed == null || context.recovery() == null) {
            runMiddleware(namespace, null);
            return;
        }
        SessionRestore.start(
                namespace.adapter(),
                claimed,
                restored -> recovered(namespace, restored),
                () -> restored -> client.runInTurn(() -> restored(namespace, restored)));
    }

    private void restored(CoreNamespace namespace, @Nullable RestoredSession restored) {
        if (wanted && client.open()) {
            recovered(namespace, restored);
            return;
        }
        namespaces.leave(namespace);
        if (restored != null) {
            restored.abandon();
        }
        client.refused(this, INVALID_NAMESPACE);
    }

    private void recovered(CoreNamespace namespace, @Nullable RestoredSession restored) {
        ServerObserver observer = context.events().observer();
        if (observer != null) {
            observer.recovery(restored != null);
        }
        runMiddleware(namespace, restored);
    }

    private void runMiddleware(CoreNamespace namespace, @Nullable RestoredSession restored) {
        CoreSocket joining = new CoreSocket(namespace, client, handshake, restored);
        socket = joining;
        this.restored = restored;
        client.session().keepMore(handshake.authBytes());
        new NamespaceConnect(joining).start();
    }

    @Override
    public void runOffLoop(Runnable task) {
        client.runOffLoop(task);
    }

    @Override
    public void runInTurn(Runnable task) {
        client.runInTurn(task);
    }
}
