package io.everwire.examples.guide;

import io.everwire.DropReason;
import io.everwire.Namespace;
import io.everwire.Overflow;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.Function;

/** Clients that read more slowly than the server writes. */
public final class Backpressure {
    private Backpressure() {}

    public static void positions(SocketIoServer server) {
        // docs: backpressure-volatile
        server.on(
                "position",
                int.class,
                int.class,
                (socket, x, y) -> socket.asVolatile() // a client that cannot take it now receives the next one
                        .broadcast()
                        .emit("position", socket.id(), x, y));
        // docs: end
    }

    public static void latest(SocketIoServer server) {
        // docs: backpressure-latest
        server.on(
                "move",
                int.class,
                int.class,
                (socket, x, y) -> socket.asVolatile(socket.id()) // one kept event for each player and receiver
                        .broadcast()
                        .emit("move", socket.id(), x, y));
        // docs: end
    }

    public static void stream(SocketIoServer server, Function<String, Iterator<byte[]>> files) {
        // docs: backpressure-stream
        server.on("download", String.class, (socket, name) -> {
            Iterator<byte[]> pieces = files.apply(name);
            Runnable sendSome = () -> {
                while (pieces.hasNext() && socket.pressure() < 256 * 1024) {
                    socket.emit("piece", pieces.next());
                }
            };
            socket.onDrain(sendSome); // the queue is empty: continue
            sendSome.run();
        });
        // docs: end
    }

    public static ServerOptions bounds() {
        // docs: backpressure-bounds
        ServerOptions options = ServerOptions.builder()
                .maxQueuedBytes(2 * 1024 * 1024) // bytes queued for one client; default 10 MiB
                .maxPendingInput(256 * 1024) // bytes of one client queued for its handlers; default 1 MiB
                .build();
        // docs: end
        return options;
    }

    public static Namespace drop(SocketIoServer server) {
        // docs: backpressure-overflow
        Namespace ticker = server.of("/ticker");
        ticker.overflow(Overflow.DROP);
        // docs: end
        return ticker;
    }

    public static void report(Socket socket, byte[] piece, Consumer<String> log) {
        // docs: backpressure-reason
        DropReason reason = socket.emit("piece", piece).dropReason(); // null if the event was not dropped
        if (reason != null) {
            log.accept(reason + ", option " + reason.option() + ", client is closed: " + reason.closesClient());
        }
        // docs: end
    }
}
