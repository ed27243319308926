package io.everwire;

import java.util.concurrent.CompletionStage;

/**
 * Says whether a namespace may come to be that a client asks for. Asked where handlers run, so it may block (not in
 * {@link HandlerMode#EVENT_LOOP}). What it throws is logged and means no.
 */
@FunctionalInterface
public interface NamespacePredicate {
    /**
     * Says whether it may.
     *
     * @param name with its leading slash, as the client wrote it, at most 256 characters
     */
    boolean test(String name, Handshake handshake) throws Exception;

    /** Says so later. */
    @FunctionalInterface
    interface Async {
        /** See {@link NamespacePredicate#test}. A stage that fails means no. */
        CompletionStage<Boolean> test(String name, Handshake handshake) throws Exception;
    }
}
