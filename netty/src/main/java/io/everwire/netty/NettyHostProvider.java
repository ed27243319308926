package io.everwire.netty;

import io.everwire.Host;
import io.everwire.HostProvider;
import io.everwire.SocketIoServer;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Binds ports with {@link NettyOptions#DEFAULTS}. Found by {@link java.util.ServiceLoader}. */
public final class NettyHostProvider implements HostProvider {
    /** Called by {@link java.util.ServiceLoader}. */
    public NettyHostProvider() {}

    @Override
    public Host bind(SocketIoServer server, InetSocketAddress address) throws IOException {
        return NettyServer.bind(server, address);
    }
}
