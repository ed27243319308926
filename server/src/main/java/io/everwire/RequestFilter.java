package io.everwire;

import java.util.concurrent.CompletionStage;

/**
 * Decides whether a request may open a connection: it returns to accept the request, or throws to reject it, with the message of a
 * {@link RefusedException} or else the usual text of the generation. Called once for each connection, after the origin was checked;
 * not for later requests. Runs on a handler thread, so it may block (not in {@link HandlerMode#EVENT_LOOP}).
 */
@FunctionalInterface
public interface RequestFilter {
    /** Accepts the request by returning. */
    void on(RequestHead request) throws Exception;

    /** A filter that decides later; after {@link ServerOptions#connectTimeout} the request is rejected. */
    @FunctionalInterface
    interface Async {
        /** Returns a stage that accepts the request when it completes, with any value, and rejects it when it fails. */
        CompletionStage<?> on(RequestHead request) throws Exception;
    }
}
