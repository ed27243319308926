package io.everwire;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What was added to one socket, and what of it and of its namespace is to be told of something. */
final class SocketListeners {
    final Handlers handlers = new Handlers();
    final List<EventMiddleware.Async> middleware = new CopyOnWriteList<>();
    final List<Consumer<? super Throwable>> error = new CopyOnWriteList<>();
    final List<Runnable> drain = new CopyOnWriteList<>();
    final List<Consumer<? super CloseReason>> disconnecting = new CopyOnWriteList<>();
    final List<Consumer<? super CloseReason>> disconnect = new CopyOnWriteList<>();

    private final Namespace namespace;

    SocketListeners(Namespace namespace) {
        this.namespace = namespace;
    }

    /** The handlers of an event, those of the namespace first: as they are at this moment. */
    List<RawHandler> handlersOf(Bytes name) {
        List<RawHandler> found = List.of();
        for (Listeners added : namespace.heard()) {
            found = both(found, added.handlers.events.of(name));
        }
        return both(found, handlers.events.of(name));
    }

    /** Who hears of every event that arrives, or that is sent; mostly nobody, and then nothing is allocated. */
    List<AnyHandler> any(boolean sent) {
        List<AnyHandler> found = List.of();
        for (Listeners added : namespace.heard()) {
            found = both(found, sent ? added.handlers.outgoing : added.handlers.any);
        }
        return both(found, sent ? handlers.outgoing : handlers.any);
    }

    /** Whether anybody is told when the socket leaves. */
    boolean hearEnd() {
        return !disconnecting.isEmpty()
                || !disconnect.isEmpty()
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
