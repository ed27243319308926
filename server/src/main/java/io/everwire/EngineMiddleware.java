package io.everwire;

import io.everwire.protocol.RequestHead;
import java.util.concurrent.CompletionStage;

/**
 * Sees every request of every client, polls and WebSockets included, before the server does anything about it: it returns, and
 * the request goes on; or it throws, and the request is turned away. A {@link HttpRefusedException} says with which answer;
 * anything else is answered as the client's generation answers a bad request, with the message of a {@link RefusedException}.
 * May block as handlers may; what it sets in {@code headers} is on the answer, whatever answer that is.
 */
@FunctionalInterface
public interface EngineMiddleware {
    /** Lets the request pass by returning. */
    void on(RequestHead request, ResponseHeaders headers) throws Exception;

    /** Decides later; after {@link ServerOptions#connectTimeout} the request is refused. */
    @FunctionalInterface
    interface Async {
        /** Lets the request pass when the stage is done, whatever its value, and turns it away when the stage fails. */
        CompletionStage<?> on(RequestHead request, ResponseHeaders headers) throws Exception;
    }
}
