package io.everwire;

import java.util.concurrent.CompletionStage;

/**
 * Decides whether a request may open a connection: it returns to accept the request, or throws to reject it. A {@link
 * HttpRefusedException} is the response, with its status, headers and body. Any other exception is answered as a forbidden request of
 * the client's generation, with the message of a {@link RefusedException} or else the usual text of the generation. Attributes of the
 * request reach the sockets of the connection ({@link Handshake#attribute}), so that a token is verified once. Called once for each connection, after the origin was checked;
 * not for later requests. Runs on a handler thread, so it may block (not in {@link HandlerMode#EVENT_LOOP}).
 */
@FunctionalInterface
public interface RequestFilter {
    /** Accepts the request by returning. */
    void on(OpeningRequest request) throws Exception;

    /** A filter that decides later; after {@link ServerOptions#connectTimeout} the request is rejected. */
    @FunctionalInterface
    interface Async {
        /** Returns a stage that accepts the request when it completes, with any value, and rejects it when it fails. */
        CompletionStage<?> on(OpeningRequest request) throws Exception;
    }
}
