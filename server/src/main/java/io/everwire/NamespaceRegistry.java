package io.everwire;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Registers middleware and listeners for all sockets of a namespace: on a server (for the namespace {@code /}), on a namespace, or on
 * dynamic namespaces. Any thread may call it. An exception of a listener is logged and changes nothing else.
 */
public interface NamespaceRegistry extends EventRegistry {
    /** Adds middleware. Every socket passes it before it joins, in the order added, before any other code sees the socket. */
    Registration use(Middleware middleware);

    /** Adds middleware that decides later; see {@link #use}. */
    Registration useAsync(Middleware.Async middleware);

    /** Adds a listener of sockets that have joined. Handlers that it adds receive everything that the socket sends. */
    Registration onConnection(Consumer<? super Socket> listener);

    /** Adds a listener of sockets that are leaving. The socket is still in its rooms. */
    Registration onDisconnecting(BiConsumer<? super Socket, ? super CloseReason> listener);

    /** Adds a listener of sockets that have left. The socket is in no room any more. */
    Registration onDisconnect(BiConsumer<? super Socket, ? super CloseReason> listener);

    /** Adds a listener of failed events of all sockets; see {@link Socket#onError(EventErrorListener)}. */
    Registration onError(EventErrorListener listener);

    /** Adds a listener of failed events of all sockets that does not need the name of the event. */
    default Registration onError(BiConsumer<? super Socket, ? super Throwable> listener) {
        return onError((socket, event, failure) -> listener.accept(socket, failure));
    }
}
