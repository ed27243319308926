package com.corundumstudio.socketio;

import com.corundumstudio.socketio.listener.ConnectListener;
import com.corundumstudio.socketio.listener.DataListener;
import com.corundumstudio.socketio.listener.DisconnectListener;
import com.corundumstudio.socketio.listener.EventInterceptor;
import com.corundumstudio.socketio.listener.ExceptionListener;
import com.corundumstudio.socketio.listener.MultiTypeEventListener;
import com.corundumstudio.socketio.listener.PingListener;
import com.corundumstudio.socketio.listener.PongListener;
import io.everwire.Namespace;
import io.everwire.RefusedException;
import io.everwire.Socket;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A namespace of Everwire. */
final class EverwireNamespace implements SocketIONamespace {
    private final String name;
    private final Namespace namespace;
    private final ExceptionListener exceptions;
    private final AckMode mode;
    private final Map<UUID, SocketIOClient> clients = new ConcurrentHashMap<>();
    private final Map<String, EventListeners> events = new ConcurrentHashMap<>();
    private final List<EventInterceptor> interceptors = new CopyOnWriteArrayList<>();
    private final List<ConnectListener> connecting = new CopyOnWriteArrayList<>();
    private final List<DisconnectListener> disconnecting = new CopyOnWriteArrayList<>();
    private final List<AuthTokenListener> tokens = new CopyOnWriteArrayList<>();

    /** True while clients may join: Everwire's namespace stays when this one is removed. */
    private volatile boolean open = true;

    EverwireNamespace(String name, Namespace namespace, ExceptionListener exceptions, AckMode mode) {
        this.name = name;
        this.namespace = namespace;
        this.exceptions = exceptions;
        this.mode = mode;
        namespace.use(this::join);
        namespace.onConnection(this::connected);
        namespace.onDisconnect((socket, reason) -> disconnected(EverwireClient.of(socket)));
    }

    Namespace everwire() {
        return namespace;
    }

    private void join(Socket socket) {
        if (!open) {
            throw new RefusedException("Invalid namespace");
        }
        EverwireClient client = EverwireClient.create(this, socket);
        Object token = socket.handshake().auth(Object.class);
        client.getHandshakeData().setAuthToken(token);
        for (AuthTokenListener listener : tokens) {
            AuthTokenResult result = ask(listener, token, client);
            if (!result.isSuccess()) {
                throw refused(result.getErrorData());
            }
        }
    }

    private AuthTokenResult ask(AuthTokenListener listener, Object token, SocketIOClient client) {
        try {
            return listener.getAuthTokenResult(token, client);
        } catch (Exception e) {
            exceptions.onAuthException(e, client);
            return new AuthTokenResult(false, "Internal error");
        }
    }

    private static RefusedException refused(Object error) {
        if (error instanceof Map<?, ?> map && map.get("message") instanceof String message) {
            return new RefusedException(message, map.get("data"));
        }
        return error instanceof String message
                ? new RefusedException(message)
                : new RefusedException("authorization failed", error);
    }

    private void connected(Socket socket) {
        EverwireClient client = EverwireClient.joined(this, socket);
        clients.put(client.getSessionId(), client);
        try {
            connecting.forEach(listener -> listener.onConnect(client));
        } catch (Exception e) {
            exceptions.onConnectException(e, client);
        }
    }

    private void disconnected(EverwireClient client) {
        clients.remove(client.getSessionId(), client);
        try {
            disconnecting.forEach(listener -> listener.onDisconnect(client));
        } catch (Exception e) {
            exceptions.onDisconnectException(e, client);
        }
    }

    /** Ends the namespace, or opens it again. */
    void open(boolean isOpen) {
        open = isOpen;
        if (!isOpen) {
            namespace.disconnectSockets();
        }
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public BroadcastOperations getBroadcastOperations() {
        return new EverwireBroadcast(List.of(this), null);
    }

    @Override
    public BroadcastOperations getRoomOperations(String room) {
        return new EverwireBroadcast(List.of(this), List.of(room));
    }

    @Override
    public BroadcastOperations getRoomOperations(String... rooms) {
        return new EverwireBroadcast(List.of(this), List.of(rooms));
    }

    @Override
    public Collection<SocketIOClient> getAllClients() {
        return Collections.unmodifiableCollection(clients.values());
    }

    @Override
    public SocketIOClient getClient(UUID uuid) {
        return clients.get(uuid);
    }

    @Override
    public void addAuthTokenListener(AuthTokenListener listener) {
        tokens.add(listener);
    }

    private EventListeners listeners(String event) {
        return events.computeIfAbsent(event, missing -> {
            EventListeners created = new EventListeners(event, interceptors, exceptions, mode);
            namespace.onRaw(event, created);
            return created;
        });
    }

    @Override
    public void addMultiTypeEventListener(String eventName, MultiTypeEventListener listener, Class<?>... eventClass) {
        listeners(eventName).add(eventClass, listener);
    }

    @Override
    public <T> void addEventListener(String eventName, Class<T> eventClass, DataListener<T> listener) {
        listeners(eventName).add(eventClass, listener);
    }

    @Override
    public void addEventInterceptor(EventInterceptor eventInterceptor) {
        interceptors.add(eventInterceptor);
    }

    @Override
    public void removeAllListeners(String eventName) {
        events.computeIfPresent(eventName, (event, listeners) -> {
            namespace.off(event);
            return null;
        });
    }

    @Override
    public void addDisconnectListener(DisconnectListener listener) {
        disconnecting.add(listener);
    }

    @Override
    public void addConnectListener(ConnectListener listener) {
        connecting.add(listener);
    }

    @Override
    public void addPingListener(PingListener listener) {
        throw heartbeats("addPingListener");
    }

    @Override
    public void addPongListener(PongListener listener) {
        throw heartbeats("addPongListener");
    }

    private static UnsupportedOperationException heartbeats(String method) {
        return new UnsupportedOperationException(method + ": Everwire answers heartbeats itself; a client that misses"
                + " them is disconnected, which addDisconnectListener reports");
    }

    @Override
    public void addListeners(Object listeners) {
        addListeners(listeners, listeners.getClass());
    }

    @Override
    public <L> void addListeners(Iterable<L> listeners) {
        listeners.forEach(this::addListeners);
    }

    @Override
    public void addListeners(Object listeners, Class<?> listenersClass) {
        AnnotatedListeners.add(this, listeners, listenersClass);
    }
}
