package io.everwire.examples.guide;

import io.everwire.DeflateOptions;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import java.util.function.Function;

/** What is compressed, and what better is not. */
public final class CompressionSamples {
    private CompressionSamples() {}

    public static ServerOptions polls() {
        // docs: compression-polls
        ServerOptions options = ServerOptions.builder()
                .httpCompression(4096) // bytes of an answer; 1024 if not said
                .build();
        // docs: end
        return options;
    }

    public static ServerOptions webSockets() {
        // docs: compression-websockets
        ServerOptions options = ServerOptions.builder()
                .perMessageDeflate(DeflateOptions.builder()
                        .threshold(4096) // bytes of a message; 1024 if not said
                        .build())
                .build();
        // docs: end
        return options;
    }

    public static ServerOptions none() {
        // docs: compression-none
        ServerOptions options = ServerOptions.builder()
                .httpCompression(Integer.MAX_VALUE) // WebSockets are not compressed anyway
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
                        .compress(false) // it is compressed already
                        .emit("photo", jpeg));
        server.on(
                "sign in",
                String.class,
                (socket, user) -> socket.compress(false) // nobody learns from its length
                        .emit("token", tokens.apply(user)));
        // docs: end
    }
}
