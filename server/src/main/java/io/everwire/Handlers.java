package io.everwire;

/** The handlers that were added in one place: of events by their names, and of every event. Any thread may use it. */
final class Handlers {
    final EventHandlers events = new EventHandlers();
    final CopyOnWriteList<AnyHandler> any = new CopyOnWriteList<>();
    final CopyOnWriteList<AnyHandler> outgoing = new CopyOnWriteList<>();

    /** What was added to {@code registry}. */
    static Handlers of(EventRegistry registry) {
        return registry instanceof Socket socket
                ? socket.added().handlers
                : NamespaceListeners.of((NamespaceRegistry) registry).handlers;
    }
}
