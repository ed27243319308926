package io.everwire.reactor;

import reactor.netty.http.server.HttpServer;

/** HTTP/1.1 without TLS. */
class ReactorPlainHostTest extends ReactorHostContract {
    @Override
    HttpServer configured(HttpServer http) {
        return http;
    }
}
