package io.everwire.engine;

import io.everwire.protocol.RequestHead;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Asked before a request may open a session. */
public interface Doorkeeper {
    /**
     * Decides about a request that opens a session. Called on the loop of its connection; must not block, nor throw.
     *
     * @return never fails
     */
    CompletionStage<Answer> ask(RequestHead head);

    /** How long it may take, in milliseconds; after that the request is refused. */
    long patience();

    /**
     * What was decided.
     *
     * @param message for the client that is not welcome, instead of the usual words, or null
     */
    record Answer(boolean welcome, @Nullable String message) {
        /** Come in. */
        public static final Answer WELCOME = new Answer(true, null);
    }
}
