package io.everwire.engine;

import io.everwire.protocol.ReachedLimit;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.RequestHead;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Decides about requests and adds headers to their responses, for all generations. Called on the event loop of the
 * request's connection; implementations must not block. Lists of headers hold names and values in turn.
 */
public interface RequestInterceptor {
    /** Accepts every request and adds nothing. */
    RequestInterceptor NONE = new RequestInterceptor() {};

    /**
     * Decides about a request before it is handled. Must not throw.
     *
     * @return a stage that never fails; null to accept the request at once
     */
    default @Nullable CompletionStage<Verdict> intercept(RequestHead head) {
        return null;
    }

    /**
     * Decides about a request that is to open a session, after the limits were checked. Must not throw.
     *
     * @return a stage that never fails; null to accept the request at once
     */
    default @Nullable CompletionStage<Verdict> interceptOpening(RequestHead head) {
        return null;
    }

    /**
     * Returns the time for a verdict, in milliseconds. A request whose verdict takes longer is rejected as overloaded.
     */
    default long timeoutMillis() {
        return 0;
    }

    /** Returns the limit that one more session of this peer would pass, or null. */
    default @Nullable ReachedLimit reached(RequestHead head) {
        return null;
    }

    /**
     * Returns the id of the session that a request is about to open, or null for a random one.
     *
     * @throws Exception if it has none; the request is then rejected
     */
    default @Nullable String sessionId(RequestHead head) throws Exception {
        return null;
    }

    /** Returns headers for the response to the request that opens a session. */
    default List<String> openingHeaders(RequestHead head, String sid) {
        return List.of();
    }

    /** Returns headers for the response to any other request for a session. */
    default List<String> headers(RequestHead head) {
        return List.of();
    }

    /** A request was rejected. */
    default void rejected(RequestHead head, String generation, Refusal refusal, @Nullable String message) {}
}
