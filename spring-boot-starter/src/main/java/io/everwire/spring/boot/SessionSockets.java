package io.everwire.spring.boot;

import io.everwire.NamespaceRegistry;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The connected sockets by the id of the web session in which their connection was opened. Any thread. */
final class SessionSockets {
    private final Map<String, Set<Socket>> sockets = new ConcurrentHashMap<>();

    /** Calls listeners for the sockets of all namespaces that join and leave. */
    static void listen(SocketIoServer server, Consumer<Socket> joined, Consumer<Socket> left) {
        Consumer<NamespaceRegistry> listen = registry -> {
            registry.onConnection(joined);
            registry.onDisconnect((socket, reason) -> left.accept(socket));
        };
        listen.accept(server);
        server.namespaces().values().stream()
                .filter(namespace -> !namespace.name().equals("/"))
                .forEach(listen);
        server.onNewNamespace(listen);
    }

    void add(String session, Socket socket) {
        sockets.compute(session, (id, known) -> {
            Set<Socket> all = known == null ? ConcurrentHashMap.newKeySet() : known;
            all.add(socket);
            return all;
        });
    }

    void remove(String session, Socket socket) {
        sockets.computeIfPresent(session, (id, known) -> {
            known.remove(socket);
            return known.isEmpty() ? null : known;
        });
    }

    /** Moves the sockets of a session whose id changed. Returns whether there were any. */
    boolean move(String before, String now) {
        Set<Socket> moved = sockets.remove(before);
        if (moved == null) {
            return false;
        }
        sockets.merge(now, moved, (one, other) -> {
            one.addAll(other);
            return one;
        });
        return true;
    }

    /** Disconnects the sockets of a session, with their connections. */
    void end(String session) {
        Set<Socket> ended = sockets.remove(session);
        if (ended != null) {
            ended.forEach(socket -> socket.disconnect(true));
        }
    }
}
