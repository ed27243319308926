package io.everwire;

import java.util.concurrent.CompletionStage;

/**
 * Decides whether a socket may join a namespace: it returns, and the socket goes on to the next one or in; or it throws, and
 * the client is refused. A {@link RefusedException} tells the client why; anything else that is thrown is logged and told as
 * {@code {"message":"failed"}}.
 *
 * <p>The socket is not connected yet: nobody finds it, nothing is sent to it, and the rooms it is put into are joined when it
 * is let in. Runs where handlers run, so it may block (not in {@link HandlerMode#EVENT_LOOP}); sockets do not wait for each
 * other.
 */
@FunctionalInterface
public interface Middleware {
    /** Lets the socket pass by returning. */
    void on(Socket socket) throws Exception;

    /** Decides later. */
    @FunctionalInterface
    interface Async {
        /** Lets the socket pass when the stage is done, whatever its value, and refuses it when the stage fails. */
        CompletionStage<?> on(Socket socket) throws Exception;
    }
}
