package io.everwire.examples.guide;

import io.everwire.Namespace;
import io.everwire.Overflow;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import java.util.Iterator;
import java.util.function.Function;

/** Clients that read more slowly than we write. */
public final class Backpressure {
    private Backpressure() {}

    public static void positions(SocketIoServer server) {
        // docs: backpressure-volatile
        server.on(
                "position",
                int.class,
                int.class,
                (socket, x, y) -> socket.broadcast()
                        .asVolatile() // who cannot take it now gets the next one instead
                        .emit("position", socket.id(), x, y));
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
            socket.onDrain(sendSome); // all that waited is on its way: go on
            sendSome.run();
        });
        // docs: end
    }

    public static ServerOptions bounds() {
        // docs: backpressure-bounds
        ServerOptions options = ServerOptions.builder()
                .maxQueuedBytes(2 * 1024 * 1024) // what may wait for one client; 10 MiB if not said
                .maxPendingInput(256 * 1024) // what of one client may wait for its handlers; 1 MiB if not said
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
}
