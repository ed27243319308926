package io.everwire;

import org.jspecify.annotations.Nullable;

/** Turns handlers with typed arguments into {@link EventHandler}s. */
final class TypedHandlers {
    private TypedHandlers() {}

    static EventHandler of(Handler.Of0 handler) {
        return (socket, arguments) -> {
            handler.on(socket);
            return Ack.none();
        };
    }

    static <A extends @Nullable Object> EventHandler of(TypeToken<A> a, Handler.Of1<? super A> handler) {
        return (socket, arguments) -> {
            handler.on(socket, value(arguments, 0, a));
            return Ack.none();
        };
    }

    static <A extends @Nullable Object, B extends @Nullable Object> EventHandler of(
            TypeToken<A> a, TypeToken<B> b, Handler.Of2<? super A, ? super B> handler) {
        return (socket, arguments) -> {
            handler.on(socket, value(arguments, 0, a), value(arguments, 1, b));
            return Ack.none();
        };
    }

    static <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object> EventHandler of(
            TypeToken<A> a, TypeToken<B> b, TypeToken<C> c, Handler.Of3<? super A, ? super B, ? super C> handler) {
        return (socket, arguments) -> {
            handler.on(socket, value(arguments, 0, a), value(arguments, 1, b), value(arguments, 2, c));
            return Ack.none();
        };
    }

    static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            EventHandler of(
                    TypeToken<A> a,
                    TypeToken<B> b,
                    TypeToken<C> c,
                    TypeToken<D> d,
                    Handler.Of4<? super A, ? super B, ? super C, ? super D> handler) {
        return (socket, arguments) -> {
            handler.on(
                    socket,
                    value(arguments, 0, a),
                    value(arguments, 1, b),
                    value(arguments, 2, c),
                    value(arguments, 3, d));
            return Ack.none();
        };
    }

    static EventHandler answering(AckHandler.Of0 handler) {
        return (socket, arguments) -> handler.on(socket);
    }

    static <A extends @Nullable Object> EventHandler answering(TypeToken<A> a, AckHandler.Of1<? super A> handler) {
        return (socket, arguments) -> handler.on(socket, value(arguments, 0, a));
    }

    static <A extends @Nullable Object, B extends @Nullable Object> EventHandler answering(
            TypeToken<A> a, TypeToken<B> b, AckHandler.Of2<? super A, ? super B> handler) {
        return (socket, arguments) -> handler.on(socket, value(arguments, 0, a), value(arguments, 1, b));
    }

    static <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object> EventHandler answering(
            TypeToken<A> a, TypeToken<B> b, TypeToken<C> c, AckHandler.Of3<? super A, ? super B, ? super C> handler) {
        return (socket, arguments) ->
                handler.on(socket, value(arguments, 0, a), value(arguments, 1, b), value(arguments, 2, c));
    }

    static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            EventHandler answering(
                    TypeToken<A> a,
                    TypeToken<B> b,
                    TypeToken<C> c,
                    TypeToken<D> d,
                    AckHandler.Of4<? super A, ? super B, ? super C, ? super D> handler) {
        return (socket, arguments) -> handler.on(
                socket, value(arguments, 0, a), value(arguments, 1, b), value(arguments, 2, c), value(arguments, 3, d));
    }

    @SuppressWarnings("NullAway") // It is null only if the token of a nullable type says so.
    private static <A extends @Nullable Object> A value(Arguments arguments, int index, TypeToken<A> type) {
        return type.isNullable() ? arguments.as(index, type) : arguments.require(index, type);
    }
}
