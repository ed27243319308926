package io.everwire.examples.guide;

import io.everwire.Attribute;
import io.everwire.Host;
import io.everwire.SocketIoServer;
import io.everwire.netty.NettyHost;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;

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

    /** The name in the certificate of a client. */
    public static final Attribute<String> USER = Attribute.of("user");

    public static SslContext clients(SocketIoServer server, File chain, File key, File authority) throws IOException {
        // docs: tls-clients
        SslContext tls = SslContextBuilder.forServer(chain, key)
                .trustManager(authority) // accepts the certificates that this authority signed
                .clientAuth(ClientAuth.REQUIRE) // OPTIONAL also accepts clients without one
                .build();
        server.use(socket -> {
            X509Certificate client = socket.handshake().peerCertificates().get(0);
            socket.attributes().set(USER, client.getSubjectX500Principal().getName());
        });
        // docs: end
        return tls;
    }
}
