package io.everwire.examples.guide;

import io.everwire.SocketIoServer;
import io.everwire.netty.NettyServer;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A port with TLS. */
public final class Tls {
    private Tls() {}

    public static NettyServer bind(SocketIoServer server, File chain, File key, int port) throws IOException {
        // docs: tls
        SslContext tls = SslContextBuilder.forServer(chain, key).build(); // PEM files, such as those of Let's Encrypt
        NettyServer host = NettyServer.builder(server).tls(tls).bind(new InetSocketAddress(port));
        // docs: end
        return host;
    }
}
