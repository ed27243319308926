package io.everwire.examples;

import io.everwire.Socket;
import io.everwire.SocketIoServer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * The chat that came with Socket.IO in 2010. Who comes gets the last messages, {@code {"buffer":[…]}}; what somebody sends
 * reaches all others as {@code {"message":["<id>",text]}}; comings and goings are announced as
 * {@code {"announcement":"<id> connected"}}. Messages are all it needs, so that clients of every generation can take part.
 */
final class Chat {
    /** How many messages a newcomer sees: as many as in 2010. */
    private static final int KEPT = 15;

    private final Deque<Map<String, Object>> buffer = new ArrayDeque<>();

    private Chat() {}

    /** Opens the room on a server. */
    static void openOn(SocketIoServer server) {
        Chat chat = new Chat();
        server.onConnection(chat::welcome);
        server.onMessage(chat::say);
        server.onDisconnect(
                (socket, reason) -> socket.broadcast().send(Map.of("announcement", socket.id() + " disconnected")));
    }

    /** One at a time, so that nobody misses what is said while they come. */
    private synchronized void welcome(Socket socket) {
        socket.send(Map.of("buffer", List.copyOf(buffer)));
        socket.broadcast().send(Map.of("announcement", socket.id() + " connected"));
    }

    private synchronized void say(Socket socket, Object text) {
        Map<String, Object> message = Map.of("message", List.of(socket.id(), text));
        if (buffer.size() == KEPT) {
            buffer.removeFirst();
        }
        buffer.addLast(message);
        socket.broadcast().send(message);
    }
}
