package com.example.boot;

import io.everwire.SocketIoServer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The server as a bean, with its handlers. Other beans may add further handlers to it before {@link SocketIoPort} starts. */
@Configuration
class SocketIoConfiguration {
    /** A position, sent by a client. */
    record Move(int x, int y) {}

    // docs: boot-bean
    @Bean(destroyMethod = "close")
    SocketIoServer socketIoServer() {
        SocketIoServer server = SocketIoServer.create();
        server.onConnection(socket -> socket.emit("welcome", "your id is " + socket.id()));
        server.on("say", String.class, (socket, text) -> server.emit("said", text));
        server.onCall("add", int.class, int.class, (socket, a, b) -> a + b);
        server.onCall("move", Move.class, (socket, move) -> new Move(move.x() + 1, move.y() + 1));
        return server;
    }
    // docs: end
}
