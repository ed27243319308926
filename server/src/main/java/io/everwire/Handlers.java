package io.everwire;

import java.util.List;

/** The handlers that were added in one place: of events by their names, and of every event. Any thread may use it. */
final class Handlers {
    final EventHandlers events = new EventHandlers();
    final List<AnyHandler> any = new CopyOnWriteList<>();
    final List<AnyHandler> outgoing = new CopyOnWriteList<>();

    /** What was added to {@code registry}. */
    static Handlers of(EventRegistry registry) {
        return registry instanceof Socket socket
                ? socket.added().handlers
                : Listeners.of((NamespaceRegistry) registry).handlers;
    }
}
