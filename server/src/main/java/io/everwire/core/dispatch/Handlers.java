package io.everwire.core.dispatch;

import io.everwire.AnyHandler;
import io.everwire.EventHandler;
import io.everwire.EventListeners;
import io.everwire.Registration;
import java.util.List;
import java.util.Set;

/** The handlers that were added to one registry: of events by their names, and of every event. Any thread. */
public final class Handlers implements EventListeners {
    private final EventHandlers events = new EventHandlers();
    private final CopyOnWriteList<AnyHandler> any = new CopyOnWriteList<>();
    private final CopyOnWriteList<AnyHandler> outgoing = new CopyOnWriteList<>();

    EventHandlers events() {
        return events;
    }

    /** Returns the handlers of every event: of sent events, or of events that arrive. */
    CopyOnWriteList<AnyHandler> any(boolean sent) {
        return sent ? outgoing : any;
    }

    /** Adds a handler; see {@link io.everwire.EventRegistry#onRaw}. */
    public Registration on(String event, EventHandler handler) {
        return events.add(event, handler);
    }

    /** Adds a handler of one event only; see {@link io.everwire.EventRegistry#onceRaw}. */
    public Registration once(String event, EventHandler handler) {
        OnceHandler once = new OnceHandler(handler);
        return once.registered(events.add(event, once));
    }

    /** Removes all handlers of an event. */
    public void off(String event) {
        events.remove(event);
    }

    /** Removes all handlers of events. */
    public void off() {
        events.clear();
    }

    /** Adds a handler of every event that arrives. */
    public Registration onAny(AnyHandler handler) {
        return Registrations.add(any, handler);
    }

    /** Adds a handler of every event that is sent. */
    public Registration onAnyOutgoing(AnyHandler handler) {
        return Registrations.add(outgoing, handler);
    }

    @Override
    public Set<String> eventNames() {
        return events.names();
    }

    @Override
    public int listenerCount(String event) {
        return events.count(event);
    }

    @Override
    public Registration prependAny(AnyHandler handler) {
        return Registrations.prepend(any, handler);
    }

    @Override
    public void offAny() {
        any.clear();
    }

    @Override
    public void offAny(AnyHandler handler) {
        any.remove(handler);
    }

    @Override
    public List<AnyHandler> listenersAny() {
        return List.copyOf(any);
    }

    @Override
    public Registration prependAnyOutgoing(AnyHandler handler) {
        return Registrations.prepend(outgoing, handler);
    }

    @Override
    public void offAnyOutgoing() {
        outgoing.clear();
    }

    @Override
    public void offAnyOutgoing(AnyHandler handler) {
        outgoing.remove(handler);
    }

    @Override
    public List<AnyHandler> listenersAnyOutgoing() {
        return List.copyOf(outgoing);
    }
}
