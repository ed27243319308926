package io.everwire;

import org.jspecify.annotations.Nullable;

/**
 * Handlers of events that answer, by the number of arguments. The result is the ack: one value, an {@link Ack} of several values, or a
 * {@link java.util.concurrent.CompletionStage} of either. A client that did not ask for an ack receives none.
 *
 * <p>If the client sent JSON null, the argument does not fit, unless the type is {@link TypeToken#nullable} or represents null, as {@code
 * Optional} does. If a handler throws a {@link RefusedException}, or its stage fails with one, the
 * client receives {@code {"error":"refused", "message":…, "data":…}}. Any other failure is logged, and the client receives no ack; see
 * {@link ServerOptions.Builder#errorAcks}.
 */
public final class AckHandler {
    private AckHandler() {}

    /** Takes no arguments. */
    @FunctionalInterface
    public interface Of0 {
        /** Handles the event and returns the ack. */
        @Nullable
        Object on(Socket socket) throws Exception;
    }

    /** Takes one argument. */
    @FunctionalInterface
    public interface Of1<A extends @Nullable Object> {
        /** Handles the event and returns the ack. */
        @Nullable
        Object on(Socket socket, A a) throws Exception;
    }

    /** Takes two arguments. */
    @FunctionalInterface
    public interface Of2<A extends @Nullable Object, B extends @Nullable Object> {
        /** Handles the event and returns the ack. */
        @Nullable
        Object on(Socket socket, A a, B b) throws Exception;
    }

    /** Takes three arguments. */
    @FunctionalInterface
    public interface Of3<A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object> {
        /** Handles the event and returns the ack. */
        @Nullable
        Object on(Socket socket, A a, B b, C c) throws Exception;
    }

    /** Takes four arguments. */
    @FunctionalInterface
    public interface Of4<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            D extends @Nullable Object> {
        /** Handles the event and returns the ack. */
        @Nullable
        Object on(Socket socket, A a, B b, C c, D d) throws Exception;
    }
}
