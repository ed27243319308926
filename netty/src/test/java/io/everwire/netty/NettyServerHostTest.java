package io.everwire.netty;

import io.everwire.Host;
import io.everwire.testkit.host.EchoServer;
import io.everwire.testkit.host.HostContract;
import io.everwire.testkit.host.HostLimits;
import io.everwire.testkit.host.HostPage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs the host contract on a {@link NettyServer}. */
@ExtendWith(HostPage.class)
class NettyServerHostTest extends HostContract implements HostPage.Column {
    @Override
    public String column() {
        return "Netty";
    }

    static NettyOptions.Builder options(HostLimits limits) {
        return NettyOptions.builder()
                .workerThreads(4)
                .headTimeout(Duration.ofMillis(limits.headTimeout()))
                .bodyTimeout(Duration.ofMillis(limits.bodyTimeout()))
                .closeTimeout(Duration.ofMillis(limits.closeTimeout()))
                .maxFragments(limits.maxFragments());
    }

    IoBackend ioBackend() {
        return IoBackend.AUTO;
    }

    @Override
    protected Host start(EchoServer server, HostLimits limits, int port) throws Exception {
        return NettyServer.builder(server.engine())
                .options(options(limits).ioBackend(ioBackend()).build())
                .application(pipeline -> TestApplication.addTo(pipeline, server))
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }
}
