package io.everwire.benchmarks.servers;

import io.everwire.HandlerMode;
import io.everwire.reactor.ReactorNetty;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** Everwire on the port of an application of Reactor Netty, as in Spring WebFlux, which sees none of its messages. */
public final class EverwireReactorServer {
    private EverwireReactorServer() {}

    /** Starts the server in the handler mode of the first argument. */
    public static void main(String[] args) {
        HttpServer http = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                // One thread, as in every server here: each has one CPU.
                .runOn(LoopResources.create("bench", 1, true))
                .route(routes -> routes.get("/", (request, response) -> response.sendString(Mono.just("hello"))));
        DisposableServer port = ReactorNetty.attach(http, EverwireServer.create(HandlerMode.valueOf(args[0])))
                .bindNow();
        Ready.say(port.port());
        port.onDispose().block();
    }
}
