package io.everwire.spring;

import io.everwire.Arguments;
import io.everwire.CloseReason;
import io.everwire.Socket;
import org.jspecify.annotations.Nullable;

/**
 * One call of a handler or listener, for {@link HandlerArgumentResolver}. Immutable.
 *
 * @param arguments the arguments of the event; null for listeners
 * @param reason the reason why the socket was disconnected; null except for {@link OnDisconnect}
 * @param failure the failure of an event; null except for {@link OnError}
 */
public record HandlerCall(
        Socket socket,
        @Nullable Arguments arguments,
        @Nullable CloseReason reason,
        @Nullable Throwable failure) {
    static HandlerCall event(Socket socket, Arguments arguments) {
        return new HandlerCall(socket, arguments, null, null);
    }

    static HandlerCall connection(Socket socket) {
        return new HandlerCall(socket, null, null, null);
    }

    static HandlerCall disconnection(Socket socket, CloseReason reason) {
        return new HandlerCall(socket, null, reason, null);
    }

    static HandlerCall failure(Socket socket, Throwable failure) {
        return new HandlerCall(socket, null, null, failure);
    }
}
