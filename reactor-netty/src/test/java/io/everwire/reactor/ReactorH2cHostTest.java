package io.everwire.reactor;

import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

/** HTTP/1.1 on a port without TLS that speaks HTTP/2, too. */
class ReactorH2cHostTest extends ReactorHostContract {
    @Override
    HttpServer configured(HttpServer http) {
        return http.protocol(HttpProtocol.HTTP11, HttpProtocol.H2C);
    }
}
