package com.corundumstudio.socketio;

import com.corundumstudio.socketio.listener.ClientListeners;
import com.corundumstudio.socketio.listener.ConnectListener;
import com.corundumstudio.socketio.listener.DataListener;
import com.corundumstudio.socketio.listener.DisconnectListener;
import com.corundumstudio.socketio.listener.EventInterceptor;
import com.corundumstudio.socketio.listener.MultiTypeEventListener;
import com.corundumstudio.socketio.listener.PingListener;
import com.corundumstudio.socketio.listener.PongListener;
import io.everwire.Host;
import io.everwire.HttpRefusedException;
import io.everwire.OpeningRequest;
import io.everwire.SocketIoServer;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server with the API of netty-socketio, on Everwire. Its listeners concern the default namespace; its broadcasts reach all namespaces.
 * Any thread may use it.
 */
public class SocketIOServer implements ClientListeners {
    private static final Logger log = LoggerFactory.getLogger(SocketIOServer.class);

    private static final String DEFAULT_NAME = "";

    private final Configuration configuration;
    private final SocketIoServer server;
    private final EverwireNamespace main;
    private final Map<String, EverwireNamespace> namespaces = new ConcurrentHashMap<>();

    /** Namespaces that were removed; Everwire keeps them. */
    private final Map<String, EverwireNamespace> removed = new ConcurrentHashMap<>();

    /**
     * Creates a server. It is not reachable before {@link #start}.
     *
     * @throws IllegalArgumentException if a setting is out of range
     * @throws UnsupportedOperationException if Everwire has no counterpart of a setting
     */
    @SuppressWarnings("this-escape") // No request arrives before start().
    public SocketIOServer(Configuration configuration) {
        this.configuration = configuration;
        this.server = SocketIoServer.create(EverwireOptions.server(configuration, this::authorize));
        this.main = namespace(DEFAULT_NAME, "/");
        namespaces.put(DEFAULT_NAME, main);
    }

    /** Returns Everwire's server, for code that moves to its API. It has the same clients and rooms. */
    public SocketIoServer everwire() {
        return server;
    }

    private EverwireNamespace namespace(String name, String path) {
        return new EverwireNamespace(
                name, server.of(path), configuration.getExceptionListener(), configuration.getAckMode());
    }

    private void authorize(OpeningRequest request) {
        List<Host> hosts = server.hosts();
        Connection connection =
                Connection.create(request, hosts.isEmpty() ? null : hosts.get(0).address());
        AuthorizationResult result = ask(connection.handshake());
        if (!result.isAuthorized()) {
            throw new HttpRefusedException(401, "unauthorized");
        }
        connection.store().putAll(result.getStoreParams());
    }

    private AuthorizationResult ask(HandshakeData handshake) {
        try {
            return configuration.getAuthorizationListener().getAuthorizationResult(handshake);
        } catch (Exception e) {
            log.error("the listener of requests failed; the request is rejected", e);
            return AuthorizationResult.FAILED_AUTHORIZATION;
        }
    }

    /** Returns the settings. */
    public Configuration getConfiguration() {
        return configuration;
    }

    /**
     * Opens the port.
     *
     * @throws java.io.UncheckedIOException if it cannot be bound
     * @throws IllegalStateException if the server was stopped: create another one
     */
    public void start() {
        int port = configuration.getPort();
        if (port < 0) {
            throw new IllegalArgumentException("port: it must be set, 0 to 65535");
        }
        String hostname = configuration.getHostname();
        InetSocketAddress address =
                hostname == null ? new InetSocketAddress(port) : new InetSocketAddress(hostname, port);
        server.bind(address, EverwireOptions.host(configuration));
    }

    /** Opens the port; see {@link #start}. It is open, or has failed to open, when this method returns. */
    public Future<Void> startAsync() {
        try {
            start();
            return GlobalEventExecutor.INSTANCE.newSucceededFuture(null);
        } catch (RuntimeException e) {
            return GlobalEventExecutor.INSTANCE.newFailedFuture(e);
        }
    }

    /** Disconnects all clients and closes the port; it waits until this is done. */
    public void stop() {
        server.close();
    }

    /** Returns the clients of the default namespace; a live view. */
    public Collection<SocketIOClient> getAllClients() {
        return main.getAllClients();
    }

    /** Returns a client of the default namespace by the id of its connection, or null. */
    public SocketIOClient getClient(UUID uuid) {
        return main.getClient(uuid);
    }

    /** Returns the namespaces; a live view. */
    public Collection<SocketIONamespace> getAllNamespaces() {
        return Collections.unmodifiableCollection(namespaces.values());
    }

    /** Sends to all clients of all namespaces. */
    public BroadcastOperations getBroadcastOperations() {
        return new EverwireBroadcast(new ArrayList<>(namespaces.values()), null);
    }

    /** Sends to the clients of rooms, in all namespaces. */
    public BroadcastOperations getRoomOperations(String... rooms) {
        return new EverwireBroadcast(new ArrayList<>(namespaces.values()), List.of(rooms));
    }

    /** Returns a namespace, and creates it if it does not exist. The name has a leading slash. */
    public SocketIONamespace addNamespace(String name) {
        return namespaces.computeIfAbsent(name, missing -> {
            EverwireNamespace again = removed.remove(name);
            if (again == null) {
                return namespace(name, name);
            }
            again.open(true);
            return again;
        });
    }

    /** Returns a namespace, or null; the name of the default namespace is empty. */
    public SocketIONamespace getNamespace(String name) {
        return namespaces.get(name);
    }

    /** Disconnects the clients of a namespace; none can join it any more. If it is added again, it has its listeners. */
    public void removeNamespace(String name) {
        namespaces.computeIfPresent(name, (same, namespace) -> {
            removed.put(name, namespace);
            namespace.open(false);
            return null;
        });
    }

    @Override
    public void addMultiTypeEventListener(String eventName, MultiTypeEventListener listener, Class<?>... eventClass) {
        main.addMultiTypeEventListener(eventName, listener, eventClass);
    }

    @Override
    public <T> void addEventListener(String eventName, Class<T> eventClass, DataListener<T> listener) {
        main.addEventListener(eventName, eventClass, listener);
    }

    @Override
    public void addEventInterceptor(EventInterceptor eventInterceptor) {
        main.addEventInterceptor(eventInterceptor);
    }

    @Override
    public void removeAllListeners(String eventName) {
        main.removeAllListeners(eventName);
    }

    @Override
    public void addDisconnectListener(DisconnectListener listener) {
        main.addDisconnectListener(listener);
    }

    @Override
    public void addConnectListener(ConnectListener listener) {
        main.addConnectListener(listener);
    }

    @Override
    public void addPingListener(PingListener listener) {
        main.addPingListener(listener);
    }

    @Override
    public void addPongListener(PongListener listener) {
        main.addPongListener(listener);
    }

    @Override
    public void addListeners(Object listeners) {
        main.addListeners(listeners);
    }

    @Override
    public <L> void addListeners(Iterable<L> listeners) {
        main.addListeners(listeners);
    }

    @Override
    public void addListeners(Object listeners, Class<?> listenersClass) {
        main.addListeners(listeners, listenersClass);
    }
}
