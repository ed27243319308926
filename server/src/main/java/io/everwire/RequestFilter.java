package io.everwire;

import io.everwire.protocol.RequestHead;
import java.util.concurrent.CompletionStage;

/**
 * Decides whether a request may open a connection: it returns, and the connection is opened; or it throws, and the client is
 * refused, with the message of a {@link RefusedException} or else with its generation's usual words. Asked once for each
 * connection, after origins were checked; not for the requests that follow. May block as handlers may.
 */
@FunctionalInterface
public interface RequestFilter {
    /** Lets the request pass by returning. */
    void on(RequestHead request) throws Exception;

    /** Decides later; after {@link ServerOptions#connectTimeout} the request is refused. */
    @FunctionalInterface
    interface Async {
        /** Lets the request pass when the stage is done, whatever its value, and refuses it when the stage fails. */
        CompletionStage<?> on(RequestHead request) throws Exception;
    }
}
