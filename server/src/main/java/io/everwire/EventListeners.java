package io.everwire;

import java.util.List;
import java.util.Set;

/**
 * The handlers that were added to one {@link EventRegistry}: lists them, adds before others, and removes many at once. The names are
 * those of the Node server. Any thread may call it.
 */
public interface EventListeners {
    /** Returns the events that have handlers; a snapshot. */
    Set<String> eventNames();

    /** Returns the number of handlers of an event. */
    int listenerCount(String event);

    /** Adds a handler of every event that arrives, called before earlier handlers. */
    Registration prependAny(AnyHandler handler);

    /** Removes all handlers of every event that arrives. */
    void offAny();

    /** Removes one handler of every event that arrives; does nothing if it was not added. */
    void offAny(AnyHandler handler);

    /** Returns the handlers of every event that arrives, in the order called; a snapshot. */
    List<AnyHandler> listenersAny();

    /** Adds a handler of every event that is sent, called before earlier handlers. */
    Registration prependAnyOutgoing(AnyHandler handler);

    /** Removes all handlers of every event that is sent. */
    void offAnyOutgoing();

    /** Removes one handler of every event that is sent; does nothing if it was not added. */
    void offAnyOutgoing(AnyHandler handler);

    /** Returns the handlers of every event that is sent, in the order called; a snapshot. */
    List<AnyHandler> listenersAnyOutgoing();
}
