package io.everwire.netty.eio4;

import io.everwire.Host;
import io.everwire.SocketIoServer;
import io.everwire.netty.NettyOptions;
import io.everwire.netty.NettyServer;
import io.everwire.testkit.host.eio4.HostRobustnessContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

class NettyRobustnessTest extends HostRobustnessContract {
    @Override
    protected Host bind(SocketIoServer server) throws IOException {
        return NettyServer.builder(server)
                .options(NettyOptions.builder()
                        .closeTimeout(Duration.ofSeconds(30))
                        .build())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }
}
