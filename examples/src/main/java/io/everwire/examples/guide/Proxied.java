package io.everwire.examples.guide;

import io.everwire.Host;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A server behind a proxy. */
public final class Proxied {
    private Proxied() {}

    public static Host bind(SocketIoServer server, int port) throws IOException {
        // docs: nginx-bind
        Host host = server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        // docs: end
        return host;
    }

    // docs: nginx-address
    /** Whom nginx saw. To be believed only if nobody but nginx reaches our port. */
    public static String clientAddress(Socket socket) {
        return socket.handshake().headers().getOrDefault("x-forwarded-for", "unknown");
    }
    // docs: end
}
