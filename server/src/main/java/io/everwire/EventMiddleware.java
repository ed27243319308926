package io.everwire;

import java.util.concurrent.CompletionStage;

/**
 * Decides whether an event of a socket is handled: it returns to accept the event, or throws to refuse it. For a refused event {@link
 * Socket#onError} listeners are called, and a client that asked for an ack receives {@code {"error":"refused", "message":…,
 * "data":…}} for a {@link RefusedException}, else none; see {@link ServerOptions.Builder#errorAcks}.
 *
 * <p>Called as handlers are: for one event of a socket at a time, in order. A message is the event {@code message}.
 */
@FunctionalInterface
public interface EventMiddleware {
    /** Accepts the event by returning. */
    void on(Socket socket, String event, Arguments arguments) throws Exception;

    /** Middleware that decides later. The following events of the socket wait until then. */
    @FunctionalInterface
    interface Async {
        /** Returns a stage that accepts the event when it completes, with any value, and refuses it when it fails. */
        CompletionStage<?> on(Socket socket, String event, Arguments arguments) throws Exception;
    }
}
