package io.everwire.examples.guide;

import io.everwire.SocketIoServer;
import java.util.Map;

/** Messages, which every generation has. */
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
        server.send(Map.of("headline", "rain", "degrees", 12)); // a message for everybody
        server.emit("news", "rain", 12); // an event for everybody
        // docs: end
    }
}
