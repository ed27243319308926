package io.everwire.examples.guide;

import io.everwire.Host;
import io.everwire.ProxyOptions;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A server behind a proxy. */
public final class Proxied {
    private Proxied() {}

    public static Host bind(SocketIoServer server, int port) {
        // docs: nginx-bind
        Host host = server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        // docs: end
        return host;
    }

    public static ServerOptions options() {
        // docs: nginx-address
        ServerOptions options = ServerOptions.builder()
                .trustedProxies(ProxyOptions.of("127.0.0.1", "::1")) // nginx, on this machine
                .build();
        // docs: end
        return options;
    }
}
