package io.everwire;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Opens ports for {@link SocketIoServer#bind}. Implemented by hosts that can own a port. An application passes one to {@link
 * ServerOptions.Builder#host}; otherwise {@link java.util.ServiceLoader} finds one.
 */
public interface HostProvider {
    /**
     * Binds {@code address} and serves {@code server} there. A request that is not for the server, nor for another part of the host's
     * settings, is answered 404. The port is added to {@link HostContext#opened}.
     *
     * @throws IOException if the address cannot be bound
     */
    Host bind(SocketIoServer server, InetSocketAddress address) throws IOException;
}
