package io.everwire.core.dispatch;

import io.everwire.Socket;
import io.everwire.json.JsonCodec;
import org.jspecify.annotations.Nullable;

/** The socket that a {@link Dispatcher} works for. Any thread may call it. */
public interface EventTarget {
    /** Returns the socket that handlers are given. */
    Socket socket();

    /** Returns the codec that reads arguments. */
    JsonCodec codec();

    /** Returns the handlers and listeners of the socket and its namespace. */
    SocketListeners socketListeners();

    /** Returns the settings of the server. */
    EventSettings settings();

    /** Runs a task in the session's turn. */
    void runInTurn(Runnable task);

    /** Returns the count of the client's input that waits for handlers. Called in the session's turn. */
    InputQueue input();

    /** Sends an ack with these values. */
    void acknowledge(long ackId, @Nullable Object... values);

    /** Notifies the listeners of errors of an event. */
    void failed(String event, Throwable failure);
}
