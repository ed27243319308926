package io.everwire.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.testkit.host.EchoServer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A12: an idle connection lives longer than that of a load balancer, and its end is announced. */
class KeepAliveTest {
    private static final String POLL = "GET /echo/ignore HTTP/1.1\r\nHost: h\r\n\r\n";

    private final EchoServer echo = new EchoServer();

    @Test
    @DisplayName("A12: an idle connection is open after the idle time of common balancers, and longer than announced")
    void idle() {
        EmbeddedPort port = new EmbeddedPort(echo.engine(), NettyOptions.DEFAULTS);
        assertThat(port.ask(POLL).toLowerCase(Locale.ROOT)).contains("\r\nkeep-alive: timeout=119\r\n");
        port.pass(60_000);
        assertThat(port.ask(POLL)).startsWith("HTTP/1.1 200");
        port.pass(75_000);
        assertThat(port.ask(POLL)).startsWith("HTTP/1.1 200");
        port.pass(119_000);
        assertThat(port.isOpen()).isTrue();
        port.pass(3_000);
        assertThat(port.isOpen()).isFalse();
    }

    @Test
    @DisplayName("A12: every response that keeps the connection open announces its end; the others do not")
    void announced() {
        NettyOptions options =
                NettyOptions.builder().keepAliveTimeout(Duration.ofSeconds(620)).build();
        for (String request : new String[] {
            POLL,
            "GET /nothing HTTP/1.1\r\nHost: h\r\n\r\n",
            "POST /echo/body?9 HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc",
            "GET /echo/ignore HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
        }) {
            assertThat(new EmbeddedPort(echo.engine(), options).ask(request).toLowerCase(Locale.ROOT))
                    .contains("\r\nkeep-alive: timeout=619\r\n")
                    .contains("\r\nconnection: keep-alive\r\n");
        }
        for (String request : new String[] {
            "GET /echo/ignore HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
            "GET /nothing HTTP/1.0\r\n\r\n",
            "GET /echo/ignore HTTP/1.2\r\n\r\n"
        }) {
            assertThat(new EmbeddedPort(echo.engine(), options).ask(request))
                    .containsIgnoringCase("connection: close")
                    .doesNotContainIgnoringCase("keep-alive");
        }
        NettyOptions brief =
                NettyOptions.builder().keepAliveTimeout(Duration.ofSeconds(1)).build();
        assertThat(new EmbeddedPort(echo.engine(), brief).ask(POLL)).doesNotContainIgnoringCase("keep-alive");
    }

    @Test
    @DisplayName("A12: in a pipeline of the application, its own idle time is not announced by the server")
    void notOurs() {
        EmbeddedChannel channel = new EmbeddedChannel(
                new HttpServerCodec(), new SocketIoHandler(echo.engine(), NettyOptions.DEFAULTS, false));
        channel.writeInbound(Unpooled.copiedBuffer(POLL, StandardCharsets.US_ASCII));
        StringBuilder sent = new StringBuilder();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            sent.append(bytes.toString(StandardCharsets.US_ASCII));
            bytes.release();
        }
        assertThat(sent.toString()).startsWith("HTTP/1.1 200").doesNotContainIgnoringCase("keep-alive");
        channel.finishAndReleaseAll();
    }
}
