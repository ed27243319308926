import io.everwire.HostProvider;
import io.everwire.netty.NettyHost;

/** The Netty host: a server that owns its port, or a handler for a pipeline of the application. */
module io.everwire.netty {
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires transitive io.everwire.server;
    requires transitive io.netty.transport;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires transitive io.netty.handler;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.classes.kqueue;

    exports io.everwire.netty;

    provides HostProvider with
            NettyHost;
}
