package io.everwire;

/**
 * Handlers of events, by the number of arguments they want. Fewer arguments from the client are an error that the client is
 * told of, more are left out. If the client asked for an ack, it gets one without arguments when the handler returned.
 *
 * <p>What a handler throws is logged, and told to a client that asked for an ack as {@code {"error":"failed"}}.
 */
public final class Handler {
    private Handler() {}

    /** Wants no arguments. */
    @FunctionalInterface
    public interface Of0 {
        void on(Socket socket) throws Exception;
    }

    /** Wants one argument. */
    @FunctionalInterface
    public interface Of1<A> {
        void on(Socket socket, A a) throws Exception;
    }

    /** Wants two arguments. */
    @FunctionalInterface
    public interface Of2<A, B> {
        void on(Socket socket, A a, B b) throws Exception;
    }

    /** Wants three arguments. */
    @FunctionalInterface
    public interface Of3<A, B, C> {
        void on(Socket socket, A a, B b, C c) throws Exception;
    }

    /** Wants four arguments. */
    @FunctionalInterface
    public interface Of4<A, B, C, D> {
        void on(Socket socket, A a, B b, C c, D d) throws Exception;
    }
}
