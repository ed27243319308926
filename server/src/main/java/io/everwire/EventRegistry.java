package io.everwire;

import java.util.List;
import java.util.Set;

/**
 * Where handlers of events are added: a server (for the namespace {@code /}), a namespace (for all its sockets) or one
 * socket. The first parameter of a handler is the socket that the event came from. Several handlers of one event are called
 * in the order added, those of the namespace first; the first that answers gives the ack.
 *
 * <p>{@code on} adds handlers that return nothing, {@code onCall} those whose result is the ack.
 */
public sealed interface EventRegistry permits NamespaceRegistry, Socket {
    /**
     * Adds a handler that takes whatever arguments come.
     *
     * @throws IllegalArgumentException if the name is reserved: {@code connect}, {@code connect_error},
     *     {@code disconnect}, {@code disconnecting}, {@code newListener}, {@code removeListener}
     */
    default Registration onRaw(String event, EventHandler handler) {
        return Handlers.of(this).events.add(event, handler);
    }

    /** Removes all handlers of an event that were added here. */
    default void off(String event) {
        Handlers.of(this).events.remove(event);
    }

    /** Removes the handlers of all events that were added here, but not those of {@link #onAny} and its like. */
    default void off() {
        Handlers.of(this).events.clear();
    }

    /** The events that have handlers which were added here; a snapshot. */
    default Set<String> eventNames() {
        return Handlers.of(this).events.names();
    }

    /** How many handlers of an event were added here. */
    default int listenerCount(String event) {
        return Handlers.of(this).events.count(event);
    }

    /** Adds a handler of every event that arrives, called before the middleware and the handlers of the event. */
    default Registration onAny(AnyHandler handler) {
        return NamespaceListeners.add(Handlers.of(this).any, handler);
    }

    /** As {@link #onAny}, but it is called before those that were added here already. */
    default Registration prependAny(AnyHandler handler) {
        return NamespaceListeners.prepend(Handlers.of(this).any, handler);
    }

    /** Removes all that {@link #onAny} and {@link #prependAny} added here. */
    default void offAny() {
        Handlers.of(this).any.clear();
    }

    /** Removes one of those that {@link #onAny} and {@link #prependAny} added here; if it is not there, nothing happens. */
    default void offAny(AnyHandler handler) {
        Handlers.of(this).any.remove(handler);
    }

    /** What {@link #onAny} and {@link #prependAny} added here, in the order called; a snapshot. */
    default List<AnyHandler> listenersAny() {
        return List.copyOf(Handlers.of(this).any);
    }

    /**
     * Adds a handler of every event that is sent, once for each socket it is sent to, broadcasts included; not of acks. It is
     * told soon after the event was sent, and even if it did not arrive.
     */
    default Registration onAnyOutgoing(AnyHandler handler) {
        return NamespaceListeners.add(Handlers.of(this).outgoing, handler);
    }

    /** As {@link #onAnyOutgoing}, but it is called before those that were added here already. */
    default Registration prependAnyOutgoing(AnyHandler handler) {
        return NamespaceListeners.prepend(Handlers.of(this).outgoing, handler);
    }

    /** Removes all that {@link #onAnyOutgoing} and {@link #prependAnyOutgoing} added here. */
    default void offAnyOutgoing() {
        Handlers.of(this).outgoing.clear();
    }

    /** Removes one of those that {@link #onAnyOutgoing} added here; if it is not there, nothing happens. */
    default void offAnyOutgoing(AnyHandler handler) {
        Handlers.of(this).outgoing.remove(handler);
    }

    /** What {@link #onAnyOutgoing} and {@link #prependAnyOutgoing} added here, in the order called; a snapshot. */
    default List<AnyHandler> listenersAnyOutgoing() {
        return List.copyOf(Handlers.of(this).outgoing);
    }

    /** Adds a handler. */
    default Registration on(String event, Handler.Of0 handler) {
        return onRaw(event, TypedHandlers.of(handler));
    }

    /** Adds a handler. */
    default <A> Registration on(String event, Class<A> a, Handler.Of1<? super A> handler) {
        return on(event, TypeToken.of(a), handler);
    }

    /** Adds a handler. */
    default <A, B> Registration on(String event, Class<A> a, Class<B> b, Handler.Of2<? super A, ? super B> handler) {
        return on(event, TypeToken.of(a), TypeToken.of(b), handler);
    }

    /** Adds a handler. */
    default <A, B, C> Registration on(
            String event, Class<A> a, Class<B> b, Class<C> c, Handler.Of3<? super A, ? super B, ? super C> handler) {
        return on(event, TypeToken.of(a), TypeToken.of(b), TypeToken.of(c), handler);
    }

    /** Adds a handler. */
    default <A, B, C, D> Registration on(
            String event,
            Class<A> a,
            Class<B> b,
            Class<C> c,
            Class<D> d,
            Handler.Of4<? super A, ? super B, ? super C, ? super D> handler) {
        return on(event, TypeToken.of(a), TypeToken.of(b), TypeToken.of(c), TypeToken.of(d), handler);
    }

    /** Adds a handler. */
    default <A> Registration on(String event, TypeToken<A> a, Handler.Of1<? super A> handler) {
        return onRaw(event, TypedHandlers.of(a, handler));
    }

    /** Adds a handler. */
    default <A, B> Registration on(
            String event, TypeToken<A> a, TypeToken<B> b, Handler.Of2<? super A, ? super B> handler) {
        return onRaw(event, TypedHandlers.of(a, b, handler));
    }

    /** Adds a handler. */
    default <A, B, C> Registration on(
            String event,
            TypeToken<A> a,
            TypeToken<B> b,
            TypeToken<C> c,
            Handler.Of3<? super A, ? super B, ? super C> handler) {
        return onRaw(event, TypedHandlers.of(a, b, c, handler));
    }

    /** Adds a handler. */
    default <A, B, C, D> Registration on(
            String event,
            TypeToken<A> a,
            TypeToken<B> b,
            TypeToken<C> c,
            TypeToken<D> d,
            Handler.Of4<? super A, ? super B, ? super C, ? super D> handler) {
        return onRaw(event, TypedHandlers.of(a, b, c, d, handler));
    }

    /** Adds a handler of one event only, the first that comes; see {@link #onRaw}. */
    default Registration onceRaw(String event, EventHandler handler) {
        OnceHandler once = new OnceHandler(handler);
        return once.registered(onRaw(event, once));
    }

    /** Adds a handler of one event only. */
    default Registration once(String event, Handler.Of0 handler) {
        return onceRaw(event, TypedHandlers.of(handler));
    }

    /** Adds a handler of one event only. */
    default <A> Registration once(String event, Class<A> a, Handler.Of1<? super A> handler) {
        return onceRaw(event, TypedHandlers.of(TypeToken.of(a), handler));
    }

    /** Adds a handler of one event only. */
    default <A, B> Registration once(String event, Class<A> a, Class<B> b, Handler.Of2<? super A, ? super B> handler) {
        return onceRaw(event, TypedHandlers.of(TypeToken.of(a), TypeToken.of(b), handler));
    }

    /** Adds a handler of one event only. */
    default <A, B, C> Registration once(
            String event, Class<A> a, Class<B> b, Class<C> c, Handler.Of3<? super A, ? super B, ? super C> handler) {
        return onceRaw(event, TypedHandlers.of(TypeToken.of(a), TypeToken.of(b), TypeToken.of(c), handler));
    }

    /** Adds a handler of one event only. */
    default <A, B, C, D> Registration once(
            String event,
            Class<A> a,
            Class<B> b,
            Class<C> c,
            Class<D> d,
            Handler.Of4<? super A, ? super B, ? super C, ? super D> handler) {
        return onceRaw(
                event, TypedHandlers.of(TypeToken.of(a), TypeToken.of(b), TypeToken.of(c), TypeToken.of(d), handler));
    }

    /** Adds a handler of one event only. */
    default <A> Registration once(String event, TypeToken<A> a, Handler.Of1<? super A> handler) {
        return onceRaw(event, TypedHandlers.of(a, handler));
    }

    /** Adds a handler of one event only. */
    default <A, B> Registration once(
            String event, TypeToken<A> a, TypeToken<B> b, Handler.Of2<? super A, ? super B> handler) {
        return onceRaw(event, TypedHandlers.of(a, b, handler));
    }

    /** Adds a handler of one event only. */
    default <A, B, C> Registration once(
            String event,
            TypeToken<A> a,
            TypeToken<B> b,
            TypeToken<C> c,
            Handler.Of3<? super A, ? super B, ? super C> handler) {
        return onceRaw(event, TypedHandlers.of(a, b, c, handler));
    }

    /** Adds a handler of one event only. */
    default <A, B, C, D> Registration once(
            String event,
            TypeToken<A> a,
            TypeToken<B> b,
            TypeToken<C> c,
            TypeToken<D> d,
            Handler.Of4<? super A, ? super B, ? super C, ? super D> handler) {
        return onceRaw(event, TypedHandlers.of(a, b, c, d, handler));
    }

    /** Adds a handler whose result is the ack. */
    default Registration onCall(String event, AckHandler.Of0 handler) {
        return onRaw(event, (socket, arguments) -> handler.on(socket));
    }

    /** Adds a handler whose result is the ack. */
    default <A> Registration onCall(String event, Class<A> a, AckHandler.Of1<? super A> handler) {
        return onCall(event, TypeToken.of(a), handler);
    }

    /** Adds a handler whose result is the ack. */
    default <A, B> Registration onCall(
            String event, Class<A> a, Class<B> b, AckHandler.Of2<? super A, ? super B> handler) {
        return onCall(event, TypeToken.of(a), TypeToken.of(b), handler);
    }

    /** Adds a handler whose result is the ack. */
    default <A, B, C> Registration onCall(
            String event, Class<A> a, Class<B> b, Class<C> c, AckHandler.Of3<? super A, ? super B, ? super C> handler) {
        return onCall(event, TypeToken.of(a), TypeToken.of(b), TypeToken.of(c), handler);
    }

    /** Adds a handler whose result is the ack. */
    default <A, B, C, D> Registration onCall(
            String event,
            Class<A> a,
            Class<B> b,
            Class<C> c,
            Class<D> d,
            AckHandler.Of4<? super A, ? super B, ? super C, ? super D> handler) {
        return onCall(event, TypeToken.of(a), TypeToken.of(b), TypeToken.of(c), TypeToken.of(d), handler);
    }

    /** Adds a handler whose result is the ack. */
    default <A> Registration onCall(String event, TypeToken<A> a, AckHandler.Of1<? super A> handler) {
        return onRaw(event, (socket, arguments) -> handler.on(socket, arguments.as(0, a)));
    }

    /** Adds a handler whose result is the ack. */
    default <A, B> Registration onCall(
            String event, TypeToken<A> a, TypeToken<B> b, AckHandler.Of2<? super A, ? super B> handler) {
        return onRaw(event, (socket, arguments) -> handler.on(socket, arguments.as(0, a), arguments.as(1, b)));
    }

    /** Adds a handler whose result is the ack. */
    default <A, B, C> Registration onCall(
            String event,
            TypeToken<A> a,
            TypeToken<B> b,
            TypeToken<C> c,
            AckHandler.Of3<? super A, ? super B, ? super C> handler) {
        return onRaw(
                event,
                (socket, arguments) -> handler.on(socket, arguments.as(0, a), arguments.as(1, b), arguments.as(2, c)));
    }

    /** Adds a handler whose result is the ack. */
    default <A, B, C, D> Registration onCall(
            String event,
            TypeToken<A> a,
            TypeToken<B> b,
            TypeToken<C> c,
            TypeToken<D> d,
            AckHandler.Of4<? super A, ? super B, ? super C, ? super D> handler) {
        return onRaw(
                event,
                (socket, arguments) -> handler.on(
                        socket, arguments.as(0, a), arguments.as(1, b), arguments.as(2, c), arguments.as(3, d)));
    }

    /**
     * Adds a handler of messages: what clients {@code send()}, the only thing that the clients of 2010 can do. A text is a
     * {@code String}; JSON becomes maps, lists, numbers and booleans.
     */
    default Registration onMessage(Handler.Of1<? super Object> handler) {
        return on("message", Object.class, handler);
    }

    /** Adds a handler of messages that are to be of one type. */
    default <A> Registration onMessage(Class<A> type, Handler.Of1<? super A> handler) {
        return on("message", type, handler);
    }
}
