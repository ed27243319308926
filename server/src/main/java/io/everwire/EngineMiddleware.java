package io.everwire;

import java.util.concurrent.CompletionStage;

/**
 * Sees every request of every client, polls and WebSockets included, before the server handles it: it returns to accept the request,
 * or throws to reject it. A {@link HttpRefusedException} is the response; any other exception is answered as a bad request of the
 * client's generation, with the message of a {@link RefusedException}. Runs on a handler thread, so it may block (not in {@link
 * HandlerMode#EVENT_LOOP}). Headers that it sets are on the response in every case.
 */
@FunctionalInterface
public interface EngineMiddleware {
    /** Accepts the request by returning. */
    void on(RequestHead request, ResponseHeaders headers) throws Exception;

    /** Middleware that decides later; after {@link ServerOptions#connectTimeout} the request is rejected. */
    @FunctionalInterface
    interface Async {
        /** Returns a stage that accepts the request when it completes, with any value, and rejects it when it fails. */
        CompletionStage<?> on(RequestHead request, ResponseHeaders headers) throws Exception;
    }
}
