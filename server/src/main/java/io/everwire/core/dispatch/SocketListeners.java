package io.everwire.core.dispatch;

import io.everwire.AnyHandler;
import io.everwire.CloseReason;
import io.everwire.EventErrorListener;
import io.everwire.EventHandler;
import io.everwire.EventMiddleware;
import io.everwire.Socket;
import io.everwire.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The listeners of one socket: its own, and those of its namespace. Any thread may use it. */
public final class SocketListeners {
    private static final Own NOTHING = new Own();

    private final List<NamespaceListeners> namespace;

    /** Created when something is added: applications mostly add to the namespace (benchmark idle). */
    private volatile @Nullable Own own;

    /** The listeners that were added to one socket. */
    public static final class Own {
        /** Handlers of events. */
        public final Handlers handlers = new Handlers();

        /** Middleware of events. */
        public final List<EventMiddleware.Async> middleware = new CopyOnWriteList<>();

        /** Listeners of failed events. */
        public final List<EventErrorListener> error = new CopyOnWriteList<>();

        /** Listeners that are called when no bytes are queued any more. */
        public final List<Runnable> drain = new CopyOnWriteList<>();

        /** Listeners that are called when the socket is leaving. */
        public final List<Consumer<? super CloseReason>> disconnecting = new CopyOnWriteList<>();

        /** Listeners that are called when the socket left. */
        public final List<Consumer<? super CloseReason>> disconnect = new CopyOnWriteList<>();
    }

    /** @param namespace the listeners of the dynamic namespaces, if any, and then those of the namespace */
    public SocketListeners(List<NamespaceListeners> namespace) {
        this.namespace = namespace;
    }

    /** Returns the listeners of the socket, to read only. */
    public Own own() {
        Own known = own;
        return known == null ? NOTHING : known;
    }

    /** Returns the listeners of the socket, to add to. */
    public Own toAdd() {
        Own known = own;
        return known == null ? create() : known;
    }

    private synchronized Own create() {
        Own known = own;
        if (known == null) {
            known = new Own();
            own = known;
        }
        return known;
    }

    /** Returns the current handlers of an event, those of the namespace first. */
    List<EventHandler> handlersOf(Bytes name) {
        List<EventHandler> found = List.of();
        for (NamespaceListeners added : namespace) {
            found = both(found, added.handlers.events().of(name));
        }
        return both(found, own().handlers.events().of(name));
    }

    /** Returns the handlers of every event: of sent events, or of events that arrive. Without any, nothing is allocated. */
    public List<AnyHandler> any(boolean sent) {
        List<AnyHandler> found = own().handlers.any(sent);
        // From the last to the first, without an iterator: this is called for each message (benchmark
        // MessageBenchmark).
        for (int i = namespace.size() - 1; i >= 0; i--) {
            CopyOnWriteList<AnyHandler> before = namespace.get(i).handlers.any(sent);
            if (!before.isEmpty()) {
                found = both(before, found);
            }
        }
        return found;
    }

    /** Returns whether a listener is called when a socket joins. */
    public boolean notifiesConnection() {
        return namespace.stream().anyMatch(added -> !added.connection.isEmpty());
    }

    /** Returns whether a listener is called when the socket leaves. */
    public boolean notifiesDisconnect() {
        return !own().disconnecting.isEmpty()
                || !own().disconnect.isEmpty()
                || namespace.stream().anyMatch(added -> !added.disconnecting.isEmpty() || !added.disconnect.isEmpty());
    }

    /** Calls the listeners of sockets that joined. */
    public void connected(Socket socket) {
        namespace.forEach(
                added -> added.connection.forEach(listener -> Registrations.guarded(() -> listener.accept(socket))));
    }

    /** Calls the listeners of sockets that are leaving. */
    public void disconnecting(Socket socket, CloseReason reason) {
        namespace.forEach(added ->
                added.disconnecting.forEach(listener -> Registrations.guarded(() -> listener.accept(socket, reason))));
        own().disconnecting.forEach(listener -> Registrations.guarded(() -> listener.accept(reason)));
    }

    /** Calls the listeners of sockets that left. */
    public void disconnected(Socket socket, CloseReason reason) {
        namespace.forEach(added ->
                added.disconnect.forEach(listener -> Registrations.guarded(() -> listener.accept(socket, reason))));
        own().disconnect.forEach(listener -> Registrations.guarded(() -> listener.accept(reason)));
    }

    /** Calls the listeners of failed events. */
    public void failed(Socket socket, String event, Throwable failure) {
        namespace.forEach(added -> failed(added.error, socket, event, failure));
        failed(own().error, socket, event, failure);
    }

    private static void failed(List<EventErrorListener> listeners, Socket socket, String event, Throwable failure) {
        listeners.forEach(listener -> Registrations.guarded(() -> listener.on(socket, event, failure)));
    }

    private static <T> List<T> both(List<T> first, List<T> second) {
        if (first.isEmpty() || second.isEmpty()) {
            return first.isEmpty() ? second : first;
        }
        List<T> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }
}
