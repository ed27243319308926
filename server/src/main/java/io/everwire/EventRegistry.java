package io.everwire;

import org.jspecify.annotations.Nullable;

/**
 * Registers handlers of events: on a server (for the namespace {@code /}), on a namespace (for all its sockets) or on one socket. The
 * first parameter of a handler is the socket that sent the event. Several handlers of one event are called in the order added, those
 * of the namespace first; the first that answers gives the ack. Any thread may call it.
 *
 * <p>{@code on} and {@code once} add handlers that return nothing, {@code onCall} adds handlers that return the ack.
 *
 * <p>Methods that take the name of an event throw {@link IllegalArgumentException} if the name is reserved: {@code connect}, {@code
 * connect_error}, {@code disconnect}, {@code disconnecting}, {@code newListener}, {@code removeListener}.
 */
public interface EventRegistry {
    /** Adds a handler that takes all arguments and may answer. */
    Registration onRaw(String event, EventHandler handler);

    /** Adds a handler of one event only: it is removed before it is called. */
    Registration onceRaw(String event, EventHandler handler);

    /** Removes all handlers of an event that were added here. */
    void off(String event);

    /** Removes the handlers of all events that were added here, but not those of {@link #onAny} and {@link #onAnyOutgoing}. */
    void off();

    /** Adds a handler of every event that arrives. It is called before the middleware and the handlers of the event. */
    Registration onAny(AnyHandler handler);

    /**
     * Adds a handler of every event that is sent, broadcasts included, acks not. It is called once for each socket, soon after the
     * event was sent, also if the event did not arrive.
     */
    Registration onAnyOutgoing(AnyHandler handler);

    /** Returns the handlers that were added here, to list, order and remove them. */
    EventListeners listeners();

    /** Adds a handler that takes no arguments. */
    default Registration on(String event, Handler.Of0 handler) {
        return onRaw(event, TypedHandlers.of(handler));
    }

    /** Adds a handler that takes one argument. */
    default <A> Registration on(String event, Class<A> a, Handler.Of1<? super A> handler) {
        return on(event, TypeToken.of(a), handler);
    }

    /** Adds a handler that takes one argument, for types with type arguments. */
    default <A extends @Nullable Object> Registration on(String event, TypeToken<A> a, Handler.Of1<? super A> handler) {
        return onRaw(event, TypedHandlers.of(a, handler));
    }

    /** Adds a handler that takes two arguments. */
    default <A, B> Registration on(String event, Class<A> a, Class<B> b, Handler.Of2<? super A, ? super B> handler) {
        return on(event, TypeToken.of(a), TypeToken.of(b), handler);
    }

    /** Adds a handler that takes two arguments, for types with type arguments. */
    default <A extends @Nullable Object, B extends @Nullable Object> Registration on(
            String event, TypeToken<A> a, TypeToken<B> b, Handler.Of2<? super A, ? super B> handler) {
        return onRaw(event, TypedHandlers.of(a, b, handler));
    }

    /** Adds a handler that takes three arguments. */
    default <A, B, C> Registration on(
            String event, Class<A> a, Class<B> b, Class<C> c, Handler.Of3<? super A, ? super B, ? super C> handler) {
        return on(event, TypeToken.of(a), TypeToken.of(b), TypeToken.of(c), handler);
    }

    /** Adds a handler that takes three arguments, for types with type arguments. */
    default <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object> Registration on(
            String event,
            TypeToken<A> a,
            TypeToken<B> b,
            TypeToken<C> c,
            Handler.Of3<? super A, ? super B, ? super C> handler) {
        return onRaw(event, TypedHandlers.of(a, b, c, handler));
    }

    /** Adds a handler that takes four arguments. */
    default <A, B, C, D> Registration on(
            String event,
            Class<A> a,
            Class<B> b,
            Class<C> c,
            Class<D> d,
            Handler.Of4<? super A, ? super B, ? super C, ? super D> handler) {
        return on(event, TypeToken.of(a), TypeToken.of(b), TypeToken.of(c), TypeToken.of(d), handler);
    }

    /** Adds a handler that takes four arguments, for types with type arguments. */
    default <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            Registration on(
                    String event,
                    TypeToken<A> a,
                    TypeToken<B> b,
                    TypeToken<C> c,
                    TypeToken<D> d,
                    Handler.Of4<? super A, ? super B, ? super C, ? super D> handler) {
        return onRaw(event, TypedHandlers.of(a, b, c, d, handler));
    }

    /** Adds a handler of one event only, without arguments. */
    default Registration once(String event, Handler.Of0 handler) {
        return onceRaw(event, TypedHandlers.of(handler));
    }

    /** Adds a handler of one event only, with one argument. */
    default <A> Registration once(String event, Class<A> a, Handler.Of1<? super A> handler) {
        return once(event, TypeToken.of(a), handler);
    }

    /** Adds a handler of one event only, with one argument, for types with type arguments. */
    default <A extends @Nullable Object> Registration once(
            String event, TypeToken<A> a, Handler.Of1<? super A> handler) {
        return onceRaw(event, TypedHandlers.of(a, handler));
    }

    /** Adds a handler of one event only, with two arguments. */
    default <A, B> Registration once(String event, Class<A> a, Class<B> b, Handler.Of2<? super A, ? super B> handler) {
        return once(event, TypeToken.of(a), TypeToken.of(b), handler);
    }

    /** Adds a handler of one event only, with two arguments, for types with type arguments. */
    default <A extends @Nullable Object, B extends @Nullable Object> Registration once(
            String event, TypeToken<A> a, TypeToken<B> b, Handler.Of2<? super A, ? super B> handler) {
        return onceRaw(event, TypedHandlers.of(a, b, handler));
    }

    /** Adds a handler of one event only, with three arguments. */
    default <A, B, C> Registration once(
            String event, Class<A> a, Class<B> b, Class<C> c, Handler.Of3<? super A, ? super B, ? super C> handler) {
        return once(event, TypeToken.of(a), TypeToken.of(b), TypeToken.of(c), handler);
    }

    /** Adds a handler of one event only, with three arguments, for types with type arguments. */
    default <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object> Registration once(
            String event,
            TypeToken<A> a,
            TypeToken<B> b,
            TypeToken<C> c,
            Handler.Of3<? super A, ? super B, ? super C> handler) {
        return onceRaw(event, TypedHandlers.of(a, b, c, handler));
    }

    /** Adds a handler of one event only, with four arguments. */
    default <A, B, C, D> Registration once(
            String event,
            Class<A> a,
            Class<B> b,
            Class<C> c,
            Class<D> d,
            Handler.Of4<? super A, ? super B, ? super C, ? super D> handler) {
        return once(event, TypeToken.of(a), TypeToken.of(b), TypeToken.of(c), TypeToken.of(d), handler);
    }

    /** Adds a handler of one event only, with four arguments, for types with type arguments. */
    default <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            Registration once(
                    String event,
                    TypeToken<A> a,
                    TypeToken<B> b,
                    TypeToken<C> c,
                    TypeToken<D> d,
                    Handler.Of4<? super A, ? super B, ? super C, ? super D> handler) {
        return onceRaw(event, TypedHandlers.of(a, b, c, d, handler));
    }

    /** Adds a handler that takes no arguments and returns the ack. */
    default Registration onCall(String event, AckHandler.Of0 handler) {
        return onRaw(event, TypedHandlers.answering(handler));
    }

    /** Adds a handler that takes one argument and returns the ack. */
    default <A> Registration onCall(String event, Class<A> a, AckHandler.Of1<? super A> handler) {
        return onCall(event, TypeToken.of(a), handler);
    }

    /** Adds a handler that takes one argument and returns the ack, for types with type arguments. */
    default <A extends @Nullable Object> Registration onCall(
            String event, TypeToken<A> a, AckHandler.Of1<? super A> handler) {
        return onRaw(event, TypedHandlers.answering(a, handler));
    }

    /** Adds a handler that takes two arguments and returns the ack. */
    default <A, B> Registration onCall(
            String event, Class<A> a, Class<B> b, AckHandler.Of2<? super A, ? super B> handler) {
        return onCall(event, TypeToken.of(a), TypeToken.of(b), handler);
    }

    /** Adds a handler that takes two arguments and returns the ack, for types with type arguments. */
    default <A extends @Nullable Object, B extends @Nullable Object> Registration onCall(
            String event, TypeToken<A> a, TypeToken<B> b, AckHandler.Of2<? super A, ? super B> handler) {
        return onRaw(event, TypedHandlers.answering(a, b, handler));
    }

    /** Adds a handler that takes three arguments and returns the ack. */
    default <A, B, C> Registration onCall(
            String event, Class<A> a, Class<B> b, Class<C> c, AckHandler.Of3<? super A, ? super B, ? super C> handler) {
        return onCall(event, TypeToken.of(a), TypeToken.of(b), TypeToken.of(c), handler);
    }

    /** Adds a handler that takes three arguments and returns the ack, for types with type arguments. */
    default <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object> Registration onCall(
            String event,
            TypeToken<A> a,
            TypeToken<B> b,
            TypeToken<C> c,
            AckHandler.Of3<? super A, ? super B, ? super C> handler) {
        return onRaw(event, TypedHandlers.answering(a, b, c, handler));
    }

    /** Adds a handler that takes four arguments and returns the ack. */
    default <A, B, C, D> Registration onCall(
            String event,
            Class<A> a,
            Class<B> b,
            Class<C> c,
            Class<D> d,
            AckHandler.Of4<? super A, ? super B, ? super C, ? super D> handler) {
        return onCall(event, TypeToken.of(a), TypeToken.of(b), TypeToken.of(c), TypeToken.of(d), handler);
    }

    /** Adds a handler that takes four arguments and returns the ack, for types with type arguments. */
    default <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            Registration onCall(
                    String event,
                    TypeToken<A> a,
                    TypeToken<B> b,
                    TypeToken<C> c,
                    TypeToken<D> d,
                    AckHandler.Of4<? super A, ? super B, ? super C, ? super D> handler) {
        return onRaw(event, TypedHandlers.answering(a, b, c, d, handler));
    }

    /**
     * Adds a handler of messages: the values that clients {@code send()}. Clients 0.6 can send nothing else. Text is a {@code String};
     * JSON becomes maps, lists, numbers and booleans.
     */
    default Registration onMessage(Handler.Of1<? super @Nullable Object> handler) {
        return on("message", TypeToken.nullable(Object.class), handler);
    }

    /** Adds a handler of messages that are read as one type. */
    default <A> Registration onMessage(Class<A> type, Handler.Of1<? super A> handler) {
        return on("message", type, handler);
    }
}
