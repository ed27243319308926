package io.everwire.reactor;

import io.everwire.Host;
import io.everwire.netty.NettyOptions;
import io.everwire.testkit.host.EchoServer;
import io.everwire.testkit.host.HostContract;
import io.everwire.testkit.host.HostFeature;
import io.everwire.testkit.host.HostLimits;
import io.everwire.testkit.host.HostPage;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.netty.http.server.HttpServer;

/** Runs the host contract on the server of Reactor Netty, over HTTP/1.1. */
@ExtendWith(HostPage.class)
abstract class ReactorHostContract extends HostContract implements HostPage.Column {
    @Override
    public String column() {
        return "Reactor Netty 1.3";
    }

    /** Returns a server with other protocols. */
    abstract HttpServer configured(HttpServer http);

    @Override
    protected Host start(EchoServer server, HostLimits limits, int port) {
        NettyOptions options = NettyOptions.builder()
                .bodyTimeout(Duration.ofMillis(limits.bodyTimeout()))
                .closeTimeout(Duration.ofMillis(limits.closeTimeout()))
                .maxFragments(limits.maxFragments())
                .build();
        return new ReactorPort(
                configured(EchoPort.create(server, options, port)).bindNow());
    }

    @Override
    protected Map<HostFeature, String> missing() {
        return Map.of(
                HostFeature.PORT, "Reactor Netty owns the port and closes its connections at once.",
                HostFeature.HEAD_TIMEOUT, "Reactor Netty reads the heads of requests.");
    }
}
