package io.everwire.netty;

import io.everwire.Host;
import io.everwire.HostProvider;
import io.everwire.SocketIoServer;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Opens ports with Netty and its default options. Found by {@link java.util.ServiceLoader}. */
public final class NettyHostProvider implements HostProvider {
    /** For {@link java.util.ServiceLoader}. */
    public NettyHostProvider() {}

    @Override
    public Host bind(SocketIoServer server, InetSocketAddress address) throws IOException {
        return NettyServer.bind(server, address);
    }
}
