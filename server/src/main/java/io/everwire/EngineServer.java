package io.everwire;

import io.everwire.engine.Engine;
import io.everwire.protocol.RequestHead;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What lies under namespaces and sockets: requests and their answers, connections and their ids. The {@code io.engine} of the
 * Node server. Any thread may call it.
 */
public final class EngineServer {
    private final Engine engine;
    private final EngineHooks hooks;

    EngineServer(Engine engine, EngineHooks hooks) {
        this.engine = engine;
        this.hooks = hooks;
    }

    /** How many connections there are at this moment, whatever they joined. */
    public int clientsCount() {
        return engine.size();
    }

    /**
     * Adds middleware that sees every request, after those added before it; client files and what belongs to the application
     * go past it. A poll costs a way through it, too: think of it as of a filter, not of a log-in, for which {@link
     * ServerOptions.Builder#allowRequest} and {@link SocketIoServer#use} are asked once.
     */
    public Registration use(EngineMiddleware middleware) {
        return useAsync((request, headers) -> {
            middleware.on(request, headers);
            return NamespaceListeners.PASSED;
        });
    }

    /** As {@link #use}, for a decision that comes later. */
    public Registration useAsync(EngineMiddleware.Async middleware) {
        return NamespaceListeners.add(hooks.middleware, middleware);
    }

    /** Adds a listener that may add headers to the answer to the request that opens a connection, before {@link #onHeaders}. */
    public Registration onInitialHeaders(ResponseHeaders.Listener listener) {
        return NamespaceListeners.add(hooks.initialHeaders, listener);
    }

    /**
     * Adds a listener that may add headers to every answer that a connection gives: to polls, to what clients post, and to
     * requests that become a WebSocket. It is called when the request arrives. Answers that turn a request away are not among
     * them, nor are the handshakes of WebSockets before RFC 6455, which know no such headers.
     */
    public Registration onHeaders(ResponseHeaders.Listener listener) {
        return NamespaceListeners.add(hooks.headers, listener);
    }

    /** Adds a listener that is told of each request that is turned away before any connection hears of it. It must not block. */
    public Registration onConnectionError(Consumer<? super ConnectionError> listener) {
        return NamespaceListeners.add(hooks.connectionError, listener);
    }

    /**
     * Has {@code generator} make the ids of connections, such as ids that tell a load balancer which server they are of. Called
     * on the event loop: it must not block. Whoever knows the id of a connection can use it: keep 120 random bits in it. If it
     * fails, or the id is in use, or does not have 20 to 128 letters, digits, {@code -} and {@code _}, the request is refused.
     *
     * @param generator null for the server's own: 120 random bits
     */
    public void generateId(@Nullable Function<? super RequestHead, String> generator) {
        hooks.generator = generator;
    }

    /** What hosts hand their requests to. */
    @SuppressWarnings("exports") // for the hosts' modules, which see the package; nobody else should
    public Engine core() {
        return engine;
    }
}
