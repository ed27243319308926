package io.everwire.reactor;

import io.everwire.testkit.host.TestTls;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.server.HttpServer;

/** Adds TLS to servers of Reactor Netty. */
final class ReactorTls {
    private ReactorTls() {}

    /** Returns a server with TLS, for HTTP/1.1 only. */
    static HttpServer http11(HttpServer http, TestTls tls) {
        return http.secure(secure -> secure.sslContext(Http11SslContextSpec.forServer(tls.keys())));
    }

    /** Returns a server with TLS that offers HTTP/2 by ALPN, if its protocols include HTTP/2. */
    static HttpServer alpn(HttpServer http, TestTls tls) {
        return http.secure(secure -> secure.sslContext(Http2SslContextSpec.forServer(tls.keys())));
    }
}
