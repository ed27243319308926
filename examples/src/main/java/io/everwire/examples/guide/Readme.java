package io.everwire.examples.guide;

import io.everwire.SocketIoServer;
import java.util.stream.IntStream;

/** The server of the README. */
public final class Readme {
    record Move(int x, int y) {}

    private Readme() {}

    public static void main(String[] args) {
        // docs: readme
        SocketIoServer.listen(
                8080,
                server -> { // the port opens when the handlers are there
                    server.onConnection(socket -> {
                        socket.join("lobby");
                        socket.broadcast().emit("joined", socket.id());
                    });

                    server.on(
                            "move",
                            Move.class,
                            (socket, move) -> socket.to("lobby").emit("moved", move));

                    server.onCall(
                            "sum",
                            int[].class,
                            (socket, numbers) -> IntStream.of(numbers).sum()); // the ack

                    server.onMessage((socket, message) -> socket.broadcast().send(message)); // any generation
                });
        // docs: end
    }
}
