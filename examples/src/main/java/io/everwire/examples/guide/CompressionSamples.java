package io.everwire.examples.guide;

import io.everwire.DeflateOptions;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import java.util.function.Function;

/** Compression of polls, WebSockets and single events. */
public final class CompressionSamples {
    private CompressionSamples() {}

    public static ServerOptions polls() {
        // docs: compression-polls
        ServerOptions options = ServerOptions.builder()
                .httpCompression(4096) // bytes of a response; default 1024
                .build();
        // docs: end
        return options;
    }

    public static ServerOptions webSockets() {
        // docs: compression-websockets
        ServerOptions options = ServerOptions.builder()
                .perMessageDeflate(DeflateOptions.builder()
                        .threshold(4096) // bytes of a message; default 1024
                        .build())
                .build();
        // docs: end
        return options;
    }

    public static ServerOptions none() {
        // docs: compression-none
        ServerOptions options = ServerOptions.builder()
                .httpCompression(Integer.MAX_VALUE) // WebSockets are not compressed by default
                .build();
        // docs: end
        return options;
    }

    public static void events(SocketIoServer server, Function<String, String> tokens) {
        // docs: compression-events
        server.on(
                "photo",
                byte[].class,
                (socket, jpeg) -> socket.broadcast()
                        .compress(false) // JPEG data is compressed already
                        .emit("photo", jpeg));
        server.on(
                "sign in",
                String.class,
                (socket, user) -> socket.compress(false) // the compressed length would reveal parts of a secret
                        .emit("token", tokens.apply(user)));
        // docs: end
    }
}
