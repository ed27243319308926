package io.everwire.examples;

import io.everwire.Host;
import io.everwire.SocketIoServer;
import io.everwire.netty.NettyOptions;
import io.everwire.netty.NettyServer;
import java.net.InetSocketAddress;

/** Opens ports of the Netty host. */
final class NettyConformanceHost implements ConformanceHost {
    static final String NAME = "netty";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Host open(SocketIoServer server, InetSocketAddress address, boolean spaced) throws Exception {
        NettyServer.Builder builder = NettyServer.builder(server)
                .options(NettyOptions.builder().workerThreads(1).build());
        if (spaced) {
            builder.application(pipeline -> pipeline.addFirst(new SpacedMessages()));
        }
        return builder.bind(address);
    }
}
