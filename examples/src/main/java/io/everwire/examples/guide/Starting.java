package io.everwire.examples.guide;

import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Ways to add handlers before a port opens. */
public final class Starting {
    private Starting() {}

    public static SocketIoServer bind(int port) {
        // docs: hello-bind
        SocketIoServer server = SocketIoServer.create();
        server.onCall("add", int.class, int.class, (socket, a, b) -> a + b);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)); // the port opens here
        // docs: end
        return server;
    }

    /** A handler for the load generator. */
    public static void load(SocketIoServer server) {
        // docs: load-handler
        server.onCall("load", Object.class, (socket, data) -> data); // the load generator waits for this ack
        // docs: end
    }

    public static ServerOptions setup() {
        // docs: hello-setup
        ServerOptions options = ServerOptions.builder()
                .setup(server -> server.onCall("add", int.class, int.class, (socket, a, b) -> a + b))
                .build();
        // docs: end
        return options;
    }
}
