package io.everwire;

import org.jspecify.annotations.Nullable;

/**
 * Handlers that answer, by the number of arguments they want. What they return is the ack that the client waits for: a
 * value, an {@link Ack} of several, or a {@link java.util.concurrent.CompletionStage} of either. A client that did not ask is
 * not answered.
 *
 * <p>What a handler throws, or what its stage fails with, is logged and told to the client as {@code {"error":"failed"}}.
 */
public final class AckHandler {
    private AckHandler() {}

    /** Wants no arguments. */
    @FunctionalInterface
    public interface Of0 {
        @Nullable
        Object on(Socket socket) throws Exception;
    }

    /** Wants one argument. */
    @FunctionalInterface
    public interface Of1<A> {
        @Nullable
        Object on(Socket socket, A a) throws Exception;
    }

    /** Wants two arguments. */
    @FunctionalInterface
    public interface Of2<A, B> {
        @Nullable
        Object on(Socket socket, A a, B b) throws Exception;
    }

    /** Wants three arguments. */
    @FunctionalInterface
    public interface Of3<A, B, C> {
        @Nullable
        Object on(Socket socket, A a, B b, C c) throws Exception;
    }

    /** Wants four arguments. */
    @FunctionalInterface
    public interface Of4<A, B, C, D> {
        @Nullable
        Object on(Socket socket, A a, B b, C c, D d) throws Exception;
    }
}
