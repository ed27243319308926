package io.everwire.examples;

import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.TypeToken;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The chat example of Socket.IO 0.6. A new client receives the last messages, {@code {"buffer":[…]}}. A message of a client reaches
 * all others as {@code {"message":["<id>",text]}}. Connections and disconnections are announced as
 * {@code {"announcement":"<id> connected"}}. It uses messages only, so that clients of every generation can take part.
 */
final class Chat {
    /** The number of messages that a new client receives, as in the chat of Socket.IO 0.6. */
    private static final int KEPT = 15;

    private static final TypeToken<Map<String, Object>> MESSAGE = new TypeToken<>() {};

    private final SocketIoServer server;
    private final Deque<Map<String, Object>> buffer = new ArrayDeque<>();

    private Chat(SocketIoServer server) {
        this.server = server;
    }

    /** Adds the chat to a server. */
    static void install(SocketIoServer server) {
        Chat chat = new Chat(server);
        server.onConnection(chat::welcome);
        server.onMessage(chat::say);
        // The messages of other servers, in a cluster.
        server.onServerSide("kept", arguments -> chat.keep(arguments.as(0, MESSAGE)));
        server.onDisconnect(
                (socket, reason) -> socket.broadcast().send(Map.of("announcement", socket.id() + " disconnected")));
    }

    /** Synchronized with {@link #say}, so that a new client misses no message. */
    private synchronized void welcome(Socket socket) {
        socket.send(Map.of("buffer", List.copyOf(buffer)));
        socket.broadcast().send(Map.of("announcement", socket.id() + " connected"));
    }

    private synchronized void say(Socket socket, @Nullable Object text) {
        if (text == null) {
            return;
        }
        Map<String, Object> message = Map.of("message", List.of(socket.id(), text));
        keep(message);
        server.serverSideEmit("kept", message);
        socket.broadcast().send(message);
    }

    private synchronized void keep(@Nullable Map<String, Object> message) {
        if (message == null) {
            return;
        }
        if (buffer.size() == KEPT) {
            buffer.removeFirst();
        }
        buffer.addLast(message);
    }
}
