/** Adds the server to the HTTP server of Reactor Netty. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // Reactor Netty 1.3 has no module-info.
module io.everwire.reactor {
    requires static transitive org.jspecify;
    requires transitive io.everwire.netty;
    requires transitive io.everwire.server;
    requires transitive reactor.netty.http;
    requires reactor.netty.core;
    requires io.netty.codec.http;
    requires io.netty.codec.http2;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;

    exports io.everwire.reactor;
}
