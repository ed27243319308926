package io.everwire;

import java.util.concurrent.CompletionStage;

/**
 * Sees each event of a socket before its handlers do: it returns, and the event goes on; or it throws, and nothing handles
 * the event. Then {@link Socket#onError} is told, and a client that asked for an ack gets {@code {"error":"refused",
 * "message":…, "data":…}} if it was a {@link RefusedException}, else {@code {"error":"failed"}}.
 *
 * <p>Called as handlers are: for one event of a socket at a time, in order. A message is the event {@code message}.
 */
@FunctionalInterface
public interface EventMiddleware {
    /** Lets the event pass by returning. */
    void on(Socket socket, String event, Arguments arguments) throws Exception;

    /** Decides later; the events that follow wait until then. */
    @FunctionalInterface
    interface Async {
        /** Lets the event pass when the stage is done, whatever its value, and refuses it when the stage fails. */
        CompletionStage<?> on(Socket socket, String event, Arguments arguments) throws Exception;
    }
}
