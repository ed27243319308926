package io.everwire;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What was added to one socket, and what of it and of its namespace is to be told of something. Any thread may use it. */
final class SocketListeners {
    private static final Added NOTHING = new Added();

    private final Namespace namespace;

    /** There when something was added: applications mostly add to the namespace (benchmark idle). */
    private volatile @Nullable Added added;

    /** What was added to a socket. */
    static final class Added {
        final Handlers handlers = new Handlers();
        final List<EventMiddleware.Async> middleware = new CopyOnWriteList<>();
        final List<Consumer<? super Throwable>> error = new CopyOnWriteList<>();
        final List<Runnable> drain = new CopyOnWriteList<>();
        final List<Consumer<? super CloseReason>> disconnecting = new CopyOnWriteList<>();
        final List<Consumer<? super CloseReason>> disconnect = new CopyOnWriteList<>();
    }

    SocketListeners(Namespace namespace) {
        this.namespace = namespace;
    }

    /** What was added to the socket, to be read; nothing may be added to it. */
    Added own() {
        Added own = added;
        return own == null ? NOTHING : own;
    }

    /** What was added to the socket, to add to it. */
    Added toAdd() {
        Added own = added;
        return own == null ? create() : own;
    }

    private synchronized Added create() {
        Added own = added;
        if (own == null) {
            own = new Added();
            added = own;
        }
        return own;
    }

    /** The handlers of an event, those of the namespace first: as they are at this moment. */
    List<EventHandler> handlersOf(Bytes name) {
        List<EventHandler> found = List.of();
        for (NamespaceListeners added : namespace.heard()) {
            found = both(found, added.handlers.events.of(name));
        }
        return both(found, own().handlers.events.of(name));
    }

    /** Who hears of every event that arrives, or that is sent; mostly nobody, and then nothing is allocated. */
    List<AnyHandler> any(boolean sent) {
        List<AnyHandler> found = any(own().handlers, sent);
        List<NamespaceListeners> heard = namespace.heard();
        // From the last to the first, with no iterator: this is asked for each message (benchmark MessageBenchmark).
        for (int i = heard.size() - 1; i >= 0; i--) {
            CopyOnWriteList<AnyHandler> before = any(heard.get(i).handlers, sent);
            if (!before.isEmpty()) {
                found = both(before, found);
            }
        }
        return found;
    }

    private static CopyOnWriteList<AnyHandler> any(Handlers handlers, boolean sent) {
        return sent ? handlers.outgoing : handlers.any;
    }

    /** Whether anybody is told when the socket leaves. */
    boolean hearEnd() {
        return !own().disconnecting.isEmpty()
                || !own().disconnect.isEmpty()
                || namespace.heard().stream()
                        .anyMatch(added -> !added.disconnecting.isEmpty() || !added.disconnect.isEmpty());
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
