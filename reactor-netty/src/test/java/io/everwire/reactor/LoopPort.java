package io.everwire.reactor;

import io.everwire.Host;
import io.everwire.SocketIoServer;
import io.everwire.netty.NettyOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** An open port of Reactor Netty with event loops of its own, which end with it. Its application answers 404. */
public record LoopPort(DisposableServer port, LoopResources loops) implements Host {
    /** Binds a server to a port of 127.0.0.1. */
    public static Host bind(SocketIoServer server, int loops) {
        return bind(server, loops, NettyOptions.DEFAULTS);
    }

    /** Binds a server to a port of 127.0.0.1. */
    public static Host bind(SocketIoServer server, int loops, NettyOptions options) {
        LoopResources resources = LoopResources.create("test", loops, true);
        HttpServer http = HttpServer.create()
                .bindAddress(() -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .runOn(resources)
                .handle((request, response) -> response.sendNotFound());
        return new LoopPort(ReactorNetty.attach(http, server, options).bindNow(), resources);
    }

    @Override
    public InetSocketAddress address() {
        return (InetSocketAddress) port.address();
    }

    @Override
    public CompletableFuture<Void> close() {
        port.dispose();
        return port.onDispose()
                .then(loops.disposeLater(Duration.ZERO, Duration.ofSeconds(10)))
                .toFuture();
    }
}
