package io.everwire.examples.guide;

import io.everwire.Host;
import io.everwire.SocketIoServer;
import io.everwire.netty.NettyHost;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A port with TLS. */
public final class Tls {
    private Tls() {}

    public static Host bind(SocketIoServer server, File chain, File key, int port) throws IOException {
        // docs: tls
        SslContext tls = SslContextBuilder.forServer(chain, key).build(); // PEM files, such as those of Let's Encrypt
        Host host = server.bind(
                new InetSocketAddress(port), NettyHost.builder().tls(tls).build());
        // docs: end
        return host;
    }
}
