package io.everwire.reactor;

import io.everwire.netty.NettyOptions;
import io.everwire.testkit.host.EchoServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;

/** A server of Reactor Netty with the application that the host contract expects, and the echo generation. */
final class EchoPort {
    private EchoPort() {}

    /** Returns the server before it is bound. */
    static HttpServer create(EchoServer echo, NettyOptions options, int port) {
        HttpServer http = HttpServer.create()
                .bindAddress(() -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .route(routes -> routes.get(
                                "/app/hello", (request, response) -> response.sendString(Mono.just("hello")))
                        .post(
                                "/app/echo",
                                (request, response) -> response.send(
                                        request.receive().aggregate().retain()))
                        .get("/app/later", (request, response) -> response.sendString(Mono.fromFuture(echo::later)))
                        .ws("/app/ws", (in, out) -> out.sendString(in.receive().asString())));
        return ReactorNetty.attach(http, echo.server(), options);
    }
}
