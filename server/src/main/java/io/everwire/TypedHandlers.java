package io.everwire;

/** Turns handlers with typed arguments into {@link EventHandler}s. */
final class TypedHandlers {
    private TypedHandlers() {}

    static EventHandler of(Handler.Of0 handler) {
        return (socket, arguments) -> {
            handler.on(socket);
            return Ack.none();
        };
    }

    static <A> EventHandler of(TypeToken<A> a, Handler.Of1<? super A> handler) {
        return (socket, arguments) -> {
            handler.on(socket, arguments.as(0, a));
            return Ack.none();
        };
    }

    static <A, B> EventHandler of(TypeToken<A> a, TypeToken<B> b, Handler.Of2<? super A, ? super B> handler) {
        return (socket, arguments) -> {
            handler.on(socket, arguments.as(0, a), arguments.as(1, b));
            return Ack.none();
        };
    }

    static <A, B, C> EventHandler of(
            TypeToken<A> a, TypeToken<B> b, TypeToken<C> c, Handler.Of3<? super A, ? super B, ? super C> handler) {
        return (socket, arguments) -> {
            handler.on(socket, arguments.as(0, a), arguments.as(1, b), arguments.as(2, c));
            return Ack.none();
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
            return Ack.none();
        };
    }

    static EventHandler answering(AckHandler.Of0 handler) {
        return (socket, arguments) -> handler.on(socket);
    }

    static <A> EventHandler answering(TypeToken<A> a, AckHandler.Of1<? super A> handler) {
        return (socket, arguments) -> handler.on(socket, arguments.as(0, a));
    }

    static <A, B> EventHandler answering(TypeToken<A> a, TypeToken<B> b, AckHandler.Of2<? super A, ? super B> handler) {
        return (socket, arguments) -> handler.on(socket, arguments.as(0, a), arguments.as(1, b));
    }

    static <A, B, C> EventHandler answering(
            TypeToken<A> a, TypeToken<B> b, TypeToken<C> c, AckHandler.Of3<? super A, ? super B, ? super C> handler) {
        return (socket, arguments) -> handler.on(socket, arguments.as(0, a), arguments.as(1, b), arguments.as(2, c));
    }

    static <A, B, C, D> EventHandler answering(
            TypeToken<A> a,
            TypeToken<B> b,
            TypeToken<C> c,
            TypeToken<D> d,
            AckHandler.Of4<? super A, ? super B, ? super C, ? super D> handler) {
        return (socket, arguments) ->
                handler.on(socket, arguments.as(0, a), arguments.as(1, b), arguments.as(2, c), arguments.as(3, d));
    }
}
