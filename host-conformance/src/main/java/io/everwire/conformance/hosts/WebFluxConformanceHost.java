package io.everwire.conformance.hosts;

import static org.springframework.web.reactive.function.server.RequestPredicates.GET;

import io.everwire.Host;
import io.everwire.SocketIoServer;
import io.everwire.examples.ConformanceHost;
import io.everwire.examples.SpacedMessages;
import io.everwire.netty.NettyOptions;
import io.everwire.reactor.ReactorNetty;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** Opens ports of Reactor Netty with an application of Spring WebFlux, which answers {@code /}. */
public final class WebFluxConformanceHost implements ConformanceHost {
    @Override
    public String name() {
        return "webflux";
    }

    @Override
    public Host open(SocketIoServer server, InetSocketAddress address, boolean spaced) {
        HttpHandler application = RouterFunctions.toHttpHandler(
                RouterFunctions.route(GET("/"), request -> ServerResponse.ok().bodyValue("WebFlux")));
        LoopResources loops = LoopResources.create("conformance", 1, false);
        HttpServer http = HttpServer.create()
                .bindAddress(() -> address)
                .runOn(loops)
                .handle(new ReactorHttpHandlerAdapter(application));
        http = ReactorNetty.attach(http, server, NettyOptions.DEFAULTS);
        if (spaced) {
            http = http.doOnChannelInit(
                    (observer, channel, remote) -> channel.pipeline().addFirst(new SpacedMessages()));
        }
        return new Opened(http.bindNow(), loops);
    }

    private record Opened(DisposableServer port, LoopResources loops) implements Host {
        @Override
        public InetSocketAddress address() {
            return (InetSocketAddress) port.address();
        }

        @Override
        public CompletableFuture<Void> close() {
            port.dispose();
            CompletableFuture<Void> closed = new CompletableFuture<>();
            port.onDispose()
                    .then(loops.disposeLater())
                    .doFinally(end -> closed.complete(null))
                    .subscribe();
            return closed;
        }
    }
}
