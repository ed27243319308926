package io.everwire;

import io.everwire.adapter.ClusterState;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A Socket.IO server. It opens ports ({@link #bind}), or a host adds it to a server that runs already (see the host modules), or both:
 * it has the same sockets and rooms on all of them. Its methods concern the namespace {@code /}; {@link #of} returns others. Any thread
 * may use it.
 *
 * <p>Add middleware and handlers before a port opens: a client that connects earlier joins without them. {@link #listen(int,
 * ServerOptions, Consumer)} does it in this order.
 */
public interface SocketIoServer extends NamespaceRegistry, Broadcaster, ClusterMember, AutoCloseable {
    /** Creates a server with the default options. It is not reachable yet. */
    static SocketIoServer create() {
        return create(ServerOptions.builder().build());
    }

    /**
     * Creates a server. It is not reachable yet.
     *
     * @throws IllegalArgumentException if the options name a generation that does not exist
     */
    static SocketIoServer create(ServerOptions options) {
        return ServerProvider.installed().create(options);
    }

    /**
     * Creates a server with the default options and opens a port on all addresses.
     *
     * @param port 0 to 65535; 0 lets the system choose, see {@link Host#address}
     * @throws java.io.UncheckedIOException if the port cannot be bound
     */
    static SocketIoServer listen(int port) {
        return listen(port, ServerOptions.builder().build());
    }

    /** Creates a server and opens a port on all addresses; see {@link #listen(int)}. */
    static SocketIoServer listen(int port, ServerOptions options) {
        return listen(port, options, server -> {});
    }

    /** Creates a server with the default options, sets it up and opens a port; see {@link #listen(int, ServerOptions, Consumer)}. */
    static SocketIoServer listen(int port, Consumer<? super SocketIoServer> setup) {
        return listen(port, ServerOptions.builder().build(), setup);
    }

    /**
     * Creates a server, sets it up and then opens a port on all addresses.
     *
     * @param port 0 to 65535; 0 lets the system choose, see {@link Host#address}
     * @param setup adds middleware and handlers before the port opens
     * @throws java.io.UncheckedIOException if the port cannot be bound; the server is closed then
     */
    @SuppressWarnings(
            "FutureReturnValueIgnored") // The reason why the port did not open is thrown; closing adds nothing to it.
    static SocketIoServer listen(int port, ServerOptions options, Consumer<? super SocketIoServer> setup) {
        SocketIoServer server = create(options);
        try {
            setup.accept(server);
            server.bind(new InetSocketAddress(port));
            return server;
        } catch (RuntimeException | Error e) {
            server.closeAsync();
            throw e;
        }
    }

    /**
     * Opens a port with the host of the options ({@link ServerOptions.Builder#host}). {@link #close} closes it.
     *
     * @throws java.io.UncheckedIOException if the address cannot be bound
     * @throws IllegalStateException if no host module is on the class or module path, or the server is closed
     */
    Host bind(InetSocketAddress address);

    /** Opens a port with another host than that of the options: a second port with TLS, for example. See {@link #bind(InetSocketAddress)}. */
    Host bind(InetSocketAddress address, HostProvider host);

    /** Returns the options. */
    ServerOptions options();

    /** Returns all open ports, in the order bound. A handler in a pipeline of the application is no port. */
    List<Host> hosts();

    /**
     * Returns the open port that was bound first.
     *
     * @throws IllegalStateException if none is open
     */
    default Host host() {
        return hosts().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the server is not bound to an address"));
    }

    /** Returns the sockets of the namespace {@code /} by their ids; a live, unmodifiable view. */
    Map<String, Socket> sockets();

    /** Returns a room of the namespace {@code /} that runs tasks one at a time; see {@link Room#execute}. */
    Room room(String name);

    /** Returns the namespaces that exist, {@code /} included, by their names; a live, unmodifiable view. */
    Map<String, Namespace> namespaces();

    /**
     * Returns a namespace, and creates it if it does not exist. A leading slash is added if missing.
     *
     * @throws IllegalArgumentException if the name has a comma or more than 256 characters: no client could ask for it
     */
    Namespace of(String name);

    /**
     * Returns dynamic namespaces: all whose name, with its leading slash, matches a pattern. Each is created when the first client, or
     * {@link #of(String)}, asks for it. A name that matches several patterns belongs to the one that was added first.
     */
    DynamicNamespaces of(Pattern pattern);

    /** Returns dynamic namespaces: all that {@code predicate} allows when a client asks for one. See {@link #of(Pattern)}. */
    DynamicNamespaces of(NamespacePredicate predicate);

    /** Returns dynamic namespaces, with a predicate that decides later; see {@link #of(NamespacePredicate)}. */
    DynamicNamespaces ofAsync(NamespacePredicate.Async predicate);

    /** Adds a listener of namespaces that are created, {@code /} not included, before a socket joins. It must not block. */
    Registration onNewNamespace(Consumer<? super Namespace> listener);

    /**
     * Returns a future that is done when the namespaces that exist now receive the events of the other servers of a cluster.
     * A start-up or a readiness check waits for it. Clients that connect earlier wait, too. Without a cluster, it is done. It
     * is also done if the other servers cannot be reached within the time of the adapter: {@link #clusterState} tells.
     */
    CompletableFuture<Void> ready();

    /** Returns the present state of the connection to the other servers of a cluster. */
    ClusterState clusterState();

    /** Returns the Engine.IO layer: requests, responses and connections. */
    EngineServer engine();

    /** Returns the current numbers of this server, for metrics: sessions, sockets, bytes. */
    ServerCounters counters();

    /**
     * Closes the server and waits until it is closed; see {@link #closeAsync}.
     *
     * @throws IllegalStateException on an event loop, where handlers run in {@link HandlerMode#EVENT_LOOP}: the loop would wait for
     *     itself
     */
    @Override
    void close();

    /**
     * Closes the server: it accepts no new connection, disconnects every socket ({@link CloseReason#SERVER_SHUTTING_DOWN}), and closes
     * each connection when its queued bytes are sent, or after {@link ServerOptions.Builder#closeTimeout}. Ports stay open until then:
     * a polling client may need another connection to fetch its packets. All ports are closed. It waits as long for the
     * tasks of rooms ({@link Room#execute}). Running handlers are not interrupted.
     *
     * @return done when nothing of the server runs any more; fails with {@link CompletionException} if a host failed
     */
    CompletableFuture<Void> closeAsync();

    /**
     * Closes the server in portions, so that its clients do not connect to other servers all at once. From now on new connections are
     * rejected with status 503. The open ones are closed evenly over {@code drain}, in steps of 100 ms; until then their events are handled
     * as usual. Connections with queued bytes are closed last. Then it does the same as {@link #closeAsync()}.
     *
     * <p>Official clients reconnect by themselves, as after {@link #closeAsync()}. Call it when other servers take new clients.
     *
     * @param drain 1 ms to 1 day; it ends earlier if no connection is left
     */
    CompletableFuture<Void> closeAsync(Duration drain);

    /**
     * Returns a part of the implementation, for hosts and test tools. Applications do not need it.
     *
     * @throws IllegalArgumentException if the implementation has no part of this type
     */
    <T> T unwrap(Class<T> type);
}
