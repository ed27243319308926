package io.everwire.reactor;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.Http2SettingsSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServerConfig;
import reactor.netty.http.server.ProxyProtocolSupportType;

/** Rejects configurations of Reactor Netty with which clients could not reach the server, before the port is open. */
final class Unsupported {
    private Unsupported() {}

    /**
     * Checks the configuration.
     *
     * @param pingInterval the longest time for which a poll waits
     * @throws IllegalStateException if it has a feature that is not supported
     */
    static void check(HttpServerConfig config, Duration pingInterval) {
        List<HttpProtocol> protocols = Arrays.asList(config.protocols());
        boolean http2 = protocols.contains(HttpProtocol.H2) || protocols.contains(HttpProtocol.H2C);
        Http2SettingsSpec settings = config.http2SettingsSpec();
        if (protocols.contains(HttpProtocol.HTTP3)) {
            throw unsupported("HTTP/3: serve it on a port without Socket.IO, and HTTP/1.1 or HTTP/2 on this one");
        }
        if (http2 && settings != null && Boolean.TRUE.equals(settings.connectProtocolEnabled())) {
            throw unsupported("WebSockets over HTTP/2: set connectProtocolEnabled of http2Settings to false, so that "
                    + "browsers open a connection of HTTP/1.1 for a WebSocket");
        }
        if (config.proxyProtocolSupportType() != ProxyProtocolSupportType.OFF) {
            throw unsupported("the PROXY protocol: the address of every client would be the address of the proxy; "
                    + "let the proxy send X-Forwarded-For, and set trustedProxies of ServerOptions");
        }
        if (http2 && endsPolls(config.idleTimeout(), settings, pingInterval)) {
            throw unsupported("an idleTimeout of " + config.idleTimeout() + " with HTTP/2, which ends connections with "
                    + "a waiting poll: set it to more than pingInterval, which is " + pingInterval
                    + ", or set pingAckTimeout of http2Settings");
        }
    }

    /** The timeout counts frames of all streams, so that a poll alone is silence; with pings it asks the client first. */
    private static boolean endsPolls(
            @Nullable Duration idleTimeout, @Nullable Http2SettingsSpec settings, Duration pingInterval) {
        boolean pings = settings != null && settings.pingAckTimeout() != null;
        return idleTimeout != null && !pings && idleTimeout.compareTo(pingInterval) <= 0;
    }

    private static IllegalStateException unsupported(String feature) {
        return new IllegalStateException("everwire-reactor-netty does not support " + feature);
    }
}
