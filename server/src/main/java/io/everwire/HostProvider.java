package io.everwire;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Opens ports for {@link SocketIoServer#bind}. Implemented by hosts that can own a port, and found by {@link
 * java.util.ServiceLoader}.
 */
public interface HostProvider {
    /**
     * Binds {@code address} and serves {@code server} there. A request that is not for the server is answered 404.
     *
     * @throws IOException if the address cannot be bound
     */
    Host bind(SocketIoServer server, InetSocketAddress address) throws IOException;
}
