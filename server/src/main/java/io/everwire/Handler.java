package io.everwire;

import org.jspecify.annotations.Nullable;

/**
 * Handlers of events by the number of arguments. An event with fewer arguments is not handled; more arguments are
 * ignored. If the client asked for an ack, it receives an empty ack when the handler has returned.
 *
 * <p>If the client sent JSON null, the argument does not fit, unless the type is {@link TypeToken#nullable} or represents null, as {@code
 * Optional} does. An exception of a handler is logged, and the client receives no ack; see
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
    public interface Of1<A extends @Nullable Object> {
        /** Handles the event. */
        void on(Socket socket, A a) throws Exception;
    }

    /** Takes two arguments. */
    @FunctionalInterface
    public interface Of2<A extends @Nullable Object, B extends @Nullable Object> {
        /** Handles the event. */
        void on(Socket socket, A a, B b) throws Exception;
    }

    /** Takes three arguments. */
    @FunctionalInterface
    public interface Of3<A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object> {
        /** Handles the event. */
        void on(Socket socket, A a, B b, C c) throws Exception;
    }

    /** Takes four arguments. */
    @FunctionalInterface
    public interface Of4<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            D extends @Nullable Object> {
        /** Handles the event. */
        void on(Socket socket, A a, B b, C c, D d) throws Exception;
    }
}
