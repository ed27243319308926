package io.everwire.reactor.eio4;

import io.everwire.Host;
import io.everwire.SocketIoServer;
import io.everwire.netty.NettyOptions;
import io.everwire.reactor.LoopPort;
import io.everwire.testkit.host.eio4.HostRobustnessContract;
import java.time.Duration;

class ReactorRobustnessTest extends HostRobustnessContract {
    @Override
    protected Host bind(SocketIoServer server) {
        return LoopPort.bind(
                server,
                2,
                NettyOptions.builder().closeTimeout(Duration.ofSeconds(30)).build());
    }
}
