package io.everwire.engine;

import io.everwire.protocol.Refusal;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Where the application has a say in requests and their answers, whatever the generation. Called on the loop of the request's
 * connection; must not block. Lists of headers are names and values in turn.
 */
public interface Hooks {
    /** An application that says nothing. */
    Hooks NONE = new Hooks() {};

    /**
     * Decides about a request before anything is done about it.
     *
     * @return never fails; null to let it pass at once
     */
    default @Nullable CompletionStage<Passage> pass(RequestHead head) {
        return null;
    }

    /** How long that may take, in milliseconds; after that the request is refused. */
    default long patience() {
        return 0;
    }

    /** Whether there is room for one more session for this peer. */
    default boolean hasRoom(RequestHead head) {
        return true;
    }

    /**
     * The id of the session that a request is about to open, or null for a random one.
     *
     * @throws Exception if there is none; the request is then refused
     */
    default @Nullable String sid(RequestHead head) throws Exception {
        return null;
    }

    /** What to add to the answer to the request that opens a session. */
    default List<String> openingHeaders(RequestHead head, String sid) {
        return List.of();
    }

    /** What to add to the answer to any other request for a session. */
    default List<String> headers(RequestHead head) {
        return List.of();
    }

    /** A request was turned away. */
    default void refused(RequestHead head, String generation, Refusal refusal, @Nullable String message) {}

    /**
     * What was decided.
     *
     * @param headers what to add to the answer
     * @param answer what to answer instead of serving the request, or null
     * @param message why it is refused, empty for the generation's own words; null if it is not
     */
    record Passage(
            List<String> headers,
            @Nullable Response answer,
            @Nullable String message) {
        /** Go on. */
        public static Passage free(List<String> headers) {
            return new Passage(headers, null, null);
        }
    }
}
