package io.everwire;

import java.util.concurrent.CompletionStage;

/**
 * Decides whether a socket may join a namespace: it returns to accept the socket, or throws to refuse it. The client receives the
 * message and the data of a {@link RefusedException}; any other exception is logged and sent as {@code {"message":"failed"}}.
 *
 * <p>The socket is not connected yet: no other code finds it, nothing is sent to it, and it joins its rooms when it is accepted. Runs on
 * a handler thread, so it may block (not in {@link HandlerMode#EVENT_LOOP}). Sockets do not wait for each other.
 */
@FunctionalInterface
public interface Middleware {
    /** Accepts the socket by returning. */
    void on(Socket socket) throws Exception;

    /** Middleware that decides later. */
    @FunctionalInterface
    interface Async {
        /** Returns a stage that accepts the socket when it completes, with any value, and refuses it when it fails. */
        CompletionStage<?> on(Socket socket) throws Exception;
    }
}
