package io.everwire.core.connect;

import io.everwire.Middleware;
import io.everwire.Socket;
import io.everwire.adapter.Adapter;
import io.everwire.adapter.LocalSocket;
import io.everwire.protocol.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A socket on its way into a namespace. Any thread may call it. */
public interface ConnectingSocket extends LocalSocket {
    /** Returns the socket that middleware is given. */
    Socket socket();

    /** Returns the adapter of the namespace. */
    Adapter adapter();

    /** Returns the limit of the server's rooms. */
    RoomLimit roomLimit();

    /** Returns {@code maxRoomsPerSocket}. */
    int maxRooms();

    /** Returns the middleware that the socket must pass, in order. */
    List<Middleware.Async> middleware();

    /** Returns whether the middleware has not decided yet and the client is connected. */
    boolean joining();

    /** Adds the socket to the sockets of its namespace. */
    void makeVisible();

    /** Called in the session's turn when the middleware accepted the socket. */
    void accepted();

    /** Called in the session's turn when the middleware refused the socket, with the data of the CONNECT_ERROR packet. */
    void refused(Bytes payload);

    /**
     * Writes a value as JSON.
     *
     * @throws IllegalArgumentException if it has binary data
     */
    Bytes json(@Nullable Object value);

    /** Runs a task in the session's turn. */
    void runInTurn(Runnable task);

    /** Runs a task that may block on a handler thread, in no order; in the session's turn if handlers run on event loops. */
    void runOffLoop(Runnable task);
}
