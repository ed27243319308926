package io.everwire.examples.guide;

// docs: hello
import io.everwire.SocketIoServer;

public final class Hello {
    public static void main(String[] args) {
        SocketIoServer.listen(8080, server -> {
            server.onConnection(socket -> socket.emit("welcome", "your id is " + socket.id()));
            server.on("say", String.class, (socket, text) -> server.emit("said", text));
            server.onCall("add", int.class, int.class, (socket, a, b) -> a + b);
        });
    }
}
// docs: end
