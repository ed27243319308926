package io.everwire;

/** Handlers with typed parameters and no result, as handlers of whatever comes. */
final class TypedHandlers {
    private TypedHandlers() {}

    static EventHandler of(Handler.Of0 handler) {
        return (socket, arguments) -> {
            handler.on(socket);
            return EventHandler.NO_ANSWER;
        };
    }

    static <A> EventHandler of(TypeToken<A> a, Handler.Of1<? super A> handler) {
        return (socket, arguments) -> {
            handler.on(socket, arguments.as(0, a));
            return EventHandler.NO_ANSWER;
        };
    }

    static <A, B> EventHandler of(TypeToken<A> a, TypeToken<B> b, Handler.Of2<? super A, ? super B> handler) {
        return (socket, arguments) -> {
            handler.on(socket, arguments.as(0, a), arguments.as(1, b));
            return EventHandler.NO_ANSWER;
        };
    }

    static <A, B, C> EventHandler of(
            TypeToken<A> a, TypeToken<B> b, TypeToken<C> c, Handler.Of3<? super A, ? super B, ? super C> handler) {
        return (socket, arguments) -> {
            handler.on(socket, arguments.as(0, a), arguments.as(1, b), arguments.as(2, c));
            return EventHandler.NO_ANSWER;
        };
    }

    static <A, B, C, D> EventHandler of(
            TypeToken<A> a,
            TypeToken<B> b,
            TypeToken<C> c,
            TypeToken<D> d,
            Handler.Of4<? super A, ? super B, ? super C, ? super D> handler) {
        return (socket, arguments) -> {
            handler.on(socket, arguments.as(0, a), arguments.as(1, b), arguments.as(2, c), arguments.as(3, d));
            return EventHandler.NO_ANSWER;
        };
    }
}
