package io.everwire;

/** Handlers with typed parameters and no result, as handlers of whatever comes. */
final class Typed {
    private Typed() {}

    static RawHandler of(Handler.Of0 handler) {
        return (socket, arguments) -> {
            handler.on(socket);
            return RawHandler.NO_ANSWER;
        };
    }

    static <A> RawHandler of(TypeToken<A> a, Handler.Of1<? super A> handler) {
        return (socket, arguments) -> {
            handler.on(socket, arguments.as(0, a));
            return RawHandler.NO_ANSWER;
        };
    }

    static <A, B> RawHandler of(TypeToken<A> a, TypeToken<B> b, Handler.Of2<? super A, ? super B> handler) {
        return (socket, arguments) -> {
            handler.on(socket, arguments.as(0, a), arguments.as(1, b));
            return RawHandler.NO_ANSWER;
        };
    }

    static <A, B, C> RawHandler of(
            TypeToken<A> a, TypeToken<B> b, TypeToken<C> c, Handler.Of3<? super A, ? super B, ? super C> handler) {
        return (socket, arguments) -> {
            handler.on(socket, arguments.as(0, a), arguments.as(1, b), arguments.as(2, c));
            return RawHandler.NO_ANSWER;
        };
    }

    static <A, B, C, D> RawHandler of(
            TypeToken<A> a,
            TypeToken<B> b,
            TypeToken<C> c,
            TypeToken<D> d,
            Handler.Of4<? super A, ? super B, ? super C, ? super D> handler) {
        return (socket, arguments) -> {
            handler.on(socket, arguments.as(0, a), arguments.as(1, b), arguments.as(2, c), arguments.as(3, d));
            return RawHandler.NO_ANSWER;
        };
    }
}
