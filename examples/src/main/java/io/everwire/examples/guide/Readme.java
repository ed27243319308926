package io.everwire.examples.guide;

import io.everwire.SocketIoServer;
import java.util.stream.IntStream;

/** The server of the README. */
public final class Readme {
    record Move(int x, int y) {}

    private Readme() {}

    public static void main(String[] args) {
        // docs: readme
        // The port opens after this function has added the handlers.
        SocketIoServer.listen(8080, server -> {
            server.onConnection(socket -> {
                socket.join("lobby");
                socket.broadcast().emit("joined", socket.id());
            });

            server.on("move", Move.class, (socket, move) -> socket.to("lobby").emit("moved", move));

            // The result is the ack.
            server.onCall(
                    "sum",
                    int[].class,
                    (socket, numbers) -> IntStream.of(numbers).sum());

            // Clients of every generation have messages.
            server.onMessage((socket, message) -> socket.broadcast().send(message));
        });
        // docs: end
    }
}
