package io.everwire.examples.guide;

import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import java.io.IOException;

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

    public static SocketIoServer development(int port) throws IOException {
        // docs: hello-origins
        ServerOptions options =
                ServerOptions.builder().origins("http://localhost:3000").build();
        SocketIoServer server = SocketIoServer.listen(port, options);
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
