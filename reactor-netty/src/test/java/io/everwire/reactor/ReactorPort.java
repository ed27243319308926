package io.everwire.reactor;

import io.everwire.Host;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import reactor.netty.DisposableServer;

/** An open port of Reactor Netty, as tests of hosts see it. */
record ReactorPort(DisposableServer server) implements Host {
    @Override
    public InetSocketAddress address() {
        return (InetSocketAddress) server.address();
    }

    @Override
    public CompletableFuture<Void> close() {
        server.dispose();
        return server.onDispose().toFuture();
    }
}
