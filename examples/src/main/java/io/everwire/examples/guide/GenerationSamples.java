package io.everwire.examples.guide;

import io.everwire.GenerationOptions;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import java.time.Duration;
import java.util.List;

/** Selections of generations. */
public final class GenerationSamples {
    private GenerationSamples() {}

    public static List<ServerOptions> switches() {
        // docs: generations
        ServerOptions.Builder theseTwo = ServerOptions.builder().generations("eio3", "eio4");
        ServerOptions.Builder allButOne = ServerOptions.builder().generations(GenerationOptions.without("gen0"));
        ServerOptions.Builder fewerTransportsForOne = ServerOptions.builder()
                .generations(GenerationOptions.builder()
                        .transports("gen1", "xhr-polling", "jsonp-polling")
                        .build());
        ServerOptions.Builder quickerHeartbeatsForOne = ServerOptions.builder()
                .generations(GenerationOptions.builder()
                        .pingInterval("eio4", Duration.ofSeconds(10))
                        .pingTimeout("eio4", Duration.ofSeconds(5))
                        .build());
        // docs: end
        return List.of(
                theseTwo.build(), allButOne.build(), fewerTransportsForOne.build(), quickerHeartbeatsForOne.build());
    }

    public static ServerOptions engine() {
        // docs: engine-options
        ServerOptions options = ServerOptions.builder()
                .path("/engine.io")
                .generations(GenerationOptions.builder()
                        .only("eio4")
                        .engineOnly(true)
                        .build())
                .build();
        // docs: end
        return options;
    }

    public static void echo(SocketIoServer server) {
        // docs: engine-echo
        server.onMessage((socket, message) -> socket.send(message)); // a String, or a byte[]
        // docs: end
    }
}
