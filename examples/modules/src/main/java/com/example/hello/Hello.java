package com.example.hello;

import io.everwire.SocketIoServer;

/** The server of the guide, in a module. */
public final class Hello {
    private Hello() {}

    /** A position, sent by a client. */
    record Move(int x, int y) {}

    /** Opens the port of the system property {@code port}. */
    public static void main(String[] args) {
        SocketIoServer.listen(Integer.getInteger("port", 8080), server -> {
            server.onConnection(socket -> socket.emit("welcome", "your id is " + socket.id()));
            server.on("say", String.class, (socket, text) -> server.emit("said", text));
            server.onCall("add", int.class, int.class, (socket, a, b) -> a + b);
            server.onCall("move", Move.class, (socket, move) -> new Move(move.x() + 1, move.y() + 1));
        });
    }
}
