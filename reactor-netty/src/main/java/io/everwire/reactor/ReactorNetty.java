package io.everwire.reactor;

import io.everwire.HostContext;
import io.everwire.SocketIoServer;
import io.everwire.netty.NettyOptions;
import io.netty.handler.codec.http2.Http2StreamChannel;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.server.HttpServer;

/**
 * Adds a server to the HTTP server of Reactor Netty 1.3, on the same port as the application. In Spring WebFlux, a
 * {@code NettyServerCustomizer} calls {@link #attach(HttpServer, SocketIoServer)}.
 *
 * <p>Covered are HTTP/1.1, HTTP/1.1 with TLS, HTTP/2 without TLS and HTTP/2 with TLS and ALPN. Polling works over HTTP/2;
 * browsers open a connection of HTTP/1.1 for each WebSocket. Handlers, filters, metrics and the access log of Reactor
 * Netty and WebFlux do not see the requests of the server; authenticate them with {@link
 * io.everwire.ServerOptions.Builder#allowRequest}.
 *
 * <p>The server does not own the port: close the server first, so that its clients are closed in order, then the port.
 */
public final class ReactorNetty {
    private ReactorNetty() {}

    /** Returns {@code http} with the server added, with {@link NettyOptions#DEFAULTS}. */
    public static HttpServer attach(HttpServer http, SocketIoServer server) {
        return attach(http, server, NettyOptions.DEFAULTS);
    }

    /**
     * Returns {@code http} with the server added. Options of Netty marked "Port" have no effect.
     *
     * <p>Binding the result fails with an {@link IllegalStateException} if it is configured for a feature with which
     * clients could not reach the server: HTTP/3, WebSockets over HTTP/2 ({@code connectProtocolEnabled}), the PROXY
     * protocol, or HTTP/2 with an idle timeout that ends waiting polls.
     */
    public static HttpServer attach(HttpServer http, SocketIoServer server, NettyOptions options) {
        Pipelines pipelines = new Pipelines(server, options);
        return http.doOnBind(config -> {
                    Unsupported.check(config, server.options().pingInterval());
                    server.unwrap(HostContext.class).serving("Reactor Netty");
                })
                .doOnChannelInit((observer, channel, remoteAddress) -> pipelines.connection(channel.pipeline()))
                .childObserve((connection, state) -> {
                    if (state == ConnectionObserver.State.CONNECTED
                            && connection.channel() instanceof Http2StreamChannel stream) {
                        pipelines.stream(stream.pipeline());
                    }
                });
    }
}
