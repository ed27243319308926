package io.everwire;

import org.jspecify.annotations.Nullable;

/** Handles an event with any number of arguments. */
@FunctionalInterface
public interface EventHandler {
    /**
     * Handles the event. Runs as {@link HandlerMode} says; handlers of one socket run one at a time, in order.
     *
     * @return the ack: one value, an {@link Ack} of several, a {@link java.util.concurrent.CompletionStage} of either, or {@link
     *     Ack#none}
     */
    @Nullable
    Object on(Socket socket, Arguments arguments) throws Exception;
}
