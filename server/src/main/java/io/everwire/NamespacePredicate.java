package io.everwire;

import java.util.concurrent.CompletionStage;

/**
 * Decides whether a namespace may be created that a client asks for. Runs on a handler thread, so it may block (not in {@link
 * HandlerMode#EVENT_LOOP}). An exception means no; it is logged, unless it is a {@link
 * RefusedException}.
 */
@FunctionalInterface
public interface NamespacePredicate {
    /**
     * Returns whether the namespace may be created.
     *
     * @param name with its leading slash, as the client wrote it, at most 256 characters
     */
    boolean test(String name, Handshake handshake) throws Exception;

    /** A predicate that decides later. */
    @FunctionalInterface
    interface Async {
        /** Returns a stage of the decision; see {@link NamespacePredicate#test}. A stage that fails means no. */
        CompletionStage<Boolean> test(String name, Handshake handshake) throws Exception;
    }
}
