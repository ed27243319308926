package io.everwire;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Opens ports for {@link SocketIoServer#listen}. Found by {@link java.util.ServiceLoader}; implemented by hosts that can own a port. */
public interface HostProvider {
    /**
     * Binds {@code address} and serves {@code server} there; what is not the server's is answered 404.
     *
     * @throws IOException if the address cannot be bound
     */
    Host bind(SocketIoServer server, InetSocketAddress address) throws IOException;
}
