package io.everwire;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The Engine.IO layer of a server: requests, responses, connections and their ids. It is {@code io.engine} of the Node server. Any
 * thread may use it.
 */
public interface EngineServer {
    /** Returns the number of open connections, joined to a namespace or not. */
    int clientsCount();

    /**
     * Adds middleware that sees every request, in the order added. Client files and requests of the application do not pass it. Polls
     * pass it, too, so it should be fast; to authenticate, use {@link ServerOptions.Builder#allowRequest} or {@link
     * SocketIoServer#use}, which run once.
     */
    Registration use(EngineMiddleware middleware);

    /** Adds middleware that decides later; see {@link #use}. */
    Registration useAsync(EngineMiddleware.Async middleware);

    /** Adds a listener that may add headers to the response that opens a connection. It is called before {@link #onHeaders}. */
    Registration onInitialHeaders(ResponseHeaders.Listener listener);

    /**
     * Adds a listener that may add headers to every response of a connection: to polls, to posts, and to requests that become a
     * WebSocket. It is called when the request arrives. It is not called for rejected requests, nor for the handshakes of WebSockets
     * before RFC 6455, which have no such headers.
     */
    Registration onHeaders(ResponseHeaders.Listener listener);

    /** Adds a listener of requests that are rejected before a connection is opened. It must not block. */
    Registration onConnectionError(Consumer<? super ConnectionError> listener);

    /**
     * Sets the generator of connection ids, for example to encode a server name for a load balancer. It is called on the event loop:
     * it must not block. A person who knows the id of a connection can use the connection, so keep 120 random bits in it. If the
     * generator fails, or the id is in use or does not have 20 to 128 letters, digits, {@code -} and {@code _}, the request is
     * rejected.
     *
     * @param generator null for the default: 120 random bits
     */
    void generateId(@Nullable Function<? super RequestHead, String> generator);
}
