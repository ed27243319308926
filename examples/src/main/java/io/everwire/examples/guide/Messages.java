package io.everwire.examples.guide;

import io.everwire.SocketIoServer;
import java.util.Map;

/** Messages. Clients of every generation have them. */
public final class Messages {
    private Messages() {}

    public static void relay(SocketIoServer server) {
        // docs: messages
        server.onConnection(socket -> socket.send("welcome"));
        server.onMessage((socket, message) -> socket.broadcast().send(message));
        // docs: end
    }

    public static void news(SocketIoServer server) {
        // docs: messages-json
        server.send(Map.of("headline", "rain", "degrees", 12)); // a message to all sockets
        server.emit("news", "rain", 12); // an event to all sockets
        // docs: end
    }
}
