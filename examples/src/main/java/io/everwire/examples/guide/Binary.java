package io.everwire.examples.guide;

import io.everwire.Ack;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import java.nio.ByteBuffer;
import java.util.Map;

/** Binary data at any place in the arguments. */
public final class Binary {
    private Binary() {}

    @SuppressWarnings("ArrayRecordComponent") // photos are not compared
    public static void upload(SocketIoServer server) {
        // docs: binary
        record Photo(String title, byte[] pixels) {}

        server.on("raw", byte[].class, (socket, bytes) -> socket.broadcast().emit("raw", bytes));
        server.on("photo", Photo.class, (socket, photo) -> socket.broadcast().emit("photo", photo));
        server.onCall("thumbnail", byte[].class, (socket, pixels) -> ByteBuffer.wrap(pixels, 0, 2));
        // docs: end
    }

    public static void nested(SocketIoServer server) {
        // docs: binary-nested
        server.onCall("album", socket -> Ack.of("two photos", Map.of("a", new byte[] {1}, "b", new byte[] {2, 3})));
        // docs: end
    }

    public static ServerOptions limits() {
        // docs: binary-limits
        ServerOptions options = ServerOptions.builder()
                .maxHttpBufferSize(20_000_000) // the largest message, and the largest attachment; default 1 MB
                .maxAttachments(100) // in one event; default 10
                .build();
        // docs: end
        return options;
    }
}
