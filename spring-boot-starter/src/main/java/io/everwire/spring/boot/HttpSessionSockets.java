package io.everwire.spring.boot;

import io.everwire.NamespaceRegistry;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.spring.SocketIoServerCustomizer;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Disconnects the sockets of an HTTP session when it ends: by a logout, by its timeout, or by the application. Any thread. */
final class HttpSessionSockets implements HttpSessionListener, HttpSessionIdListener, SocketIoServerCustomizer {
    /** The connected sockets by the current id of their session. */
    private final Map<String, Set<Socket>> sockets = new ConcurrentHashMap<>();

    /** The current ids of sessions with sockets whose id changed, by their first id. */
    private final Map<String, String> changed = new ConcurrentHashMap<>();

    @Override
    public void customize(SocketIoServer server) {
        listen(server);
        server.namespaces().values().stream()
                .filter(namespace -> !namespace.name().equals("/"))
                .forEach(this::listen);
        server.onNewNamespace(this::listen);
    }

    private void listen(NamespaceRegistry registry) {
        registry.onConnection(this::joined);
        registry.onDisconnect((socket, reason) -> left(socket));
    }

    private void joined(Socket socket) {
        HttpSessionId session = socket.handshake().host(HttpSessionId.class);
        if (session == null) {
            return;
        }
        sockets.compute(current(session.value()), (id, known) -> {
            Set<Socket> all = known == null ? ConcurrentHashMap.newKeySet() : known;
            all.add(socket);
            return all;
        });
        // In this order: a session that ends after this check finds the socket.
        if (!session.alive()) {
            socket.disconnect(true);
        }
    }

    private void left(Socket socket) {
        HttpSessionId session = socket.handshake().host(HttpSessionId.class);
        if (session != null) {
            sockets.computeIfPresent(current(session.value()), (id, known) -> {
                known.remove(socket);
                return known.isEmpty() ? null : known;
            });
        }
    }

    private String current(String first) {
        return changed.getOrDefault(first, first);
    }

    /** Spring Security changes the id at a login. The sockets stay, and end with the session. */
    @Override
    public void sessionIdChanged(HttpSessionEvent event, String before) {
        String now = event.getSession().getId();
        Set<Socket> moved = sockets.remove(before);
        if (moved != null) {
            changed.replaceAll((first, id) -> id.equals(before) ? now : id);
            changed.put(before, now);
            sockets.merge(now, moved, (one, other) -> {
                one.addAll(other);
                return one;
            });
        }
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        String id = event.getSession().getId();
        Set<Socket> ended = sockets.remove(id);
        changed.values().removeIf(id::equals);
        if (ended != null) {
            ended.forEach(socket -> socket.disconnect(true));
        }
    }
}
