package io.everwire;

import org.jspecify.annotations.Nullable;

/** Handles an event with whatever arguments came. */
@FunctionalInterface
public interface EventHandler {
    /** What a handler returns that does not answer. */
    Object NO_ANSWER = new Object();

    /**
     * Handles the event.
     *
     * @return the ack (an {@link Ack} if it has not exactly one value), a {@link java.util.concurrent.CompletionStage} of it,
     *     or {@link #NO_ANSWER}
     */
    @Nullable
    Object on(Socket socket, Arguments arguments) throws Exception;
}
