package io.everwire;

import org.jspecify.annotations.Nullable;

/**
 * Handlers of events by the number of arguments. An event with fewer arguments is not handled; more arguments are
 * ignored. If the client asked for an ack, it receives an empty ack when the handler has returned.
 *
 * <p>An argument is null if the client sent JSON null. An exception of a handler is logged, and the client receives no ack; see
 * {@link ServerOptions.Builder#errorAcks}.
 */
public final class Handler {
    private Handler() {}

    /** Takes no arguments. */
    @FunctionalInterface
    public interface Of0 {
        /** Handles the event. */
        void on(Socket socket) throws Exception;
    }

    /** Takes one argument. */
    @FunctionalInterface
    public interface Of1<A> {
        /** Handles the event. */
        void on(Socket socket, @Nullable A a) throws Exception;
    }

    /** Takes two arguments. */
    @FunctionalInterface
    public interface Of2<A, B> {
        /** Handles the event. */
        void on(Socket socket, @Nullable A a, @Nullable B b) throws Exception;
    }

    /** Takes three arguments. */
    @FunctionalInterface
    public interface Of3<A, B, C> {
        /** Handles the event. */
        void on(Socket socket, @Nullable A a, @Nullable B b, @Nullable C c) throws Exception;
    }

    /** Takes four arguments. */
    @FunctionalInterface
    public interface Of4<A, B, C, D> {
        /** Handles the event. */
        void on(Socket socket, @Nullable A a, @Nullable B b, @Nullable C c, @Nullable D d) throws Exception;
    }
}
