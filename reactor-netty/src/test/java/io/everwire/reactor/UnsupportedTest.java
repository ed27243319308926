package io.everwire.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.netty.NettyOptions;
import io.everwire.testkit.host.EchoServer;
import io.everwire.testkit.host.TestTls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.ProxyProtocolSupportType;

/** Configurations with which clients could not reach the server fail when the port is opened, and say why. */
class UnsupportedTest {
    @Test
    void http3(@TempDir Path folder) throws Exception {
        TestTls tls = TestTls.create(folder);
        fails(
                http -> ReactorTls.alpn(http.protocol(HttpProtocol.HTTP3), tls),
                "HTTP/3: serve it on a port without Socket.IO, and HTTP/1.1 or HTTP/2 on this one");
    }

    @Test
    void webSocketsOverHttp2() {
        fails(
                http -> http.protocol(HttpProtocol.HTTP11, HttpProtocol.H2C)
                        .http2Settings(settings -> settings.connectProtocolEnabled(true)),
                "WebSockets over HTTP/2: set connectProtocolEnabled");
    }

    @Test
    void theProxyProtocol() {
        fails(http -> http.proxyProtocol(ProxyProtocolSupportType.AUTO), "the PROXY protocol: the address");
    }

    @Test
    void anIdleTimeoutThatEndsPollsOfHttp2() {
        UnaryOperator<HttpServer> http2 = http -> http.protocol(HttpProtocol.HTTP11, HttpProtocol.H2C);
        fails(
                http -> http2.apply(http).idleTimeout(Duration.ofSeconds(25)),
                "an idleTimeout of PT25S with HTTP/2, which ends connections with a waiting poll: "
                        + "set it to more than pingInterval, which is PT25S");
        binds(http -> http2.apply(http).idleTimeout(Duration.ofSeconds(26)));
        binds(http -> http2.apply(http)
                .idleTimeout(Duration.ofSeconds(10))
                .http2Settings(settings -> settings.pingAckTimeout(Duration.ofSeconds(1))));
        binds(http -> http.idleTimeout(Duration.ofSeconds(1)));
    }

    private static void fails(UnaryOperator<HttpServer> configuration, String reason) {
        HttpServer http = configuration.apply(EchoPort.create(new EchoServer(), NettyOptions.DEFAULTS, 0));
        assertThatThrownBy(http::bindNow)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("everwire-reactor-netty does not support " + reason);
    }

    private static void binds(UnaryOperator<HttpServer> configuration) {
        DisposableServer bound = configuration
                .apply(EchoPort.create(new EchoServer(), NettyOptions.DEFAULTS, 0))
                .bindNow();
        assertThat(bound.port()).isPositive();
        bound.disposeNow();
    }
}
