package io.everwire;

import io.everwire.protocol.CloseReason;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Where is added what concerns all sockets of a namespace: a server (for the namespace {@code /}), a namespace, or a family of
 * namespaces.
 */
public sealed interface NamespaceRegistry extends EventRegistry permits SocketIoServer, Namespace, DynamicNamespaces {
    /** Adds middleware: every socket that wants to join passes it, in the order added, before anybody else sees it. */
    default Registration use(Middleware middleware) {
        return useAsync(socket -> {
            middleware.on(socket);
            return NamespaceListeners.PASSED;
        });
    }

    /** Adds middleware that decides later; see {@link #use}. */
    default Registration useAsync(Middleware.Async middleware) {
        return NamespaceListeners.add(NamespaceListeners.of(this).middleware, middleware);
    }

    /** Adds a listener that is told of each socket that has joined. Handlers it adds see everything the socket receives. */
    default Registration onConnection(Consumer<? super Socket> listener) {
        return NamespaceListeners.add(NamespaceListeners.of(this).connection, listener);
    }

    /** Adds a listener that is told when a socket is about to leave, still in its rooms. */
    default Registration onDisconnecting(BiConsumer<? super Socket, ? super CloseReason> listener) {
        return NamespaceListeners.add(NamespaceListeners.of(this).disconnecting, listener);
    }

    /** Adds a listener that is told when a socket has left; it is in no room any more. */
    default Registration onDisconnect(BiConsumer<? super Socket, ? super CloseReason> listener) {
        return NamespaceListeners.add(NamespaceListeners.of(this).disconnect, listener);
    }

    /** Adds a listener that is told what {@link Socket#onError} of any socket is told. */
    default Registration onError(BiConsumer<? super Socket, ? super Throwable> listener) {
        return NamespaceListeners.add(NamespaceListeners.of(this).error, listener);
    }
}
