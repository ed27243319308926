package io.everwire.examples.guide;

import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import java.util.function.Consumer;

/** Pages of other origins. */
public final class OriginSamples {
    private OriginSamples() {}

    public static ServerOptions listed() {
        // docs: origins
        ServerOptions options = ServerOptions.builder()
                .origins("https://app.example.com", "https://staging.example.com:8443", "localhost:*")
                .build();
        // docs: end
        return options;
    }

    public static SocketIoServer development(int port, Consumer<SocketIoServer> setup) {
        // docs: hello-origins
        ServerOptions options =
                ServerOptions.builder().origins("http://localhost:3000").build();
        SocketIoServer server = SocketIoServer.listen(port, options, setup);
        // docs: end
        return server;
    }

    public static ServerOptions everybody() {
        // docs: origins-everybody
        ServerOptions options = ServerOptions.builder().origins("*").build(); // any page, without cookies
        // docs: end
        return options;
    }
}
