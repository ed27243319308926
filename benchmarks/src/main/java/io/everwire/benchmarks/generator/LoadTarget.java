package io.everwire.benchmarks.generator;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The server of a load.
 *
 * @param address the resolved address
 * @param webSocket the address of the WebSocket, with the query of clients 4.x
 * @param tls the settings for TLS, or null
 * @param prefix the namespace as it stands in packets: empty for {@code /}, else the name and a comma
 * @param auth a JSON object, or empty
 */
record LoadTarget(
        InetSocketAddress address, URI webSocket, @Nullable SslContext tls, String prefix, String auth) {
    /**
     * Local addresses 127.0.0.2 and on, for a server on this machine: each has its own 28,000 ports (the default of
     * net.ipv4.ip_local_port_range).
     */
    private static final int LOCAL_ADDRESSES = 200;

    static LoadTarget of(URI url, String path, String namespace, String auth, boolean insecure)
            throws UnknownHostException, SSLException {
        boolean secure = "https".equals(url.getScheme()) || "wss".equals(url.getScheme());
        if (url.getHost() == null || (!secure && !"http".equals(url.getScheme()) && !"ws".equals(url.getScheme()))) {
            throw new IllegalArgumentException("the URL must be like http://host:port, not " + url);
        }
        int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
        String query = path.replaceFirst("/$", "") + "/?EIO=4&transport=websocket";
        URI webSocket = URI.create((secure ? "wss://" : "ws://") + url.getHost() + ":" + port + query);
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(url.getHost()), port);
        return new LoadTarget(
                address, webSocket, secure ? tls(insecure) : null, namespace.equals("/") ? "" : namespace + ",", auth);
    }

    private static SslContext tls(boolean insecure) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forClient();
        if (insecure) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE).endpointIdentificationAlgorithm(null);
        }
        return builder.build();
    }

    /** Returns the local address for a client, or null for the choice of the system. */
    @Nullable
    InetSocketAddress local(int client) {
        String host = address.getAddress().getHostAddress();
        return host.equals("127.0.0.1") ? new InetSocketAddress("127.0.0." + (2 + client % LOCAL_ADDRESSES), 0) : null;
    }
}
