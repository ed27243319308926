package io.everwire.spring.boot;

import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.spring.SocketIoServerCustomizer;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Disconnects the sockets of an HTTP session when it ends: by a logout, by its timeout, or by the application. Any thread. */
final class HttpSessionSockets implements HttpSessionListener, HttpSessionIdListener, SocketIoServerCustomizer {
    private final SessionSockets sockets = new SessionSockets();

    /** The current ids of sessions with sockets whose id changed, by their first id. */
    private final Map<String, String> changed = new ConcurrentHashMap<>();

    @Override
    public void customize(SocketIoServer server) {
        SessionSockets.listen(server, this::joined, this::left);
    }

    private void joined(Socket socket) {
        HttpSessionId session = socket.handshake().host(HttpSessionId.class);
        if (session == null) {
            return;
        }
        sockets.add(current(session.value()), socket);
        // In this order: a session that ends after this check finds the socket.
        if (!session.alive()) {
            socket.disconnect(true);
        }
    }

    private void left(Socket socket) {
        HttpSessionId session = socket.handshake().host(HttpSessionId.class);
        if (session != null) {
            sockets.remove(current(session.value()), socket);
        }
    }

    private String current(String first) {
        return changed.getOrDefault(first, first);
    }

    /** Spring Security changes the id at a login. The sockets stay, and end with the session. */
    @Override
    public void sessionIdChanged(HttpSessionEvent event, String before) {
        String now = event.getSession().getId();
        if (sockets.move(before, now)) {
            changed.replaceAll((first, id) -> id.equals(before) ? now : id);
            changed.put(before, now);
        }
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        String id = event.getSession().getId();
        changed.values().removeIf(id::equals);
        sockets.end(id);
    }
}
