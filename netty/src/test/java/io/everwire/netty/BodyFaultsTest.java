package io.everwire.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.engine.EngineSession;
import io.everwire.testkit.host.EchoServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** B9: bodies that never end, and how many of them a session may have. */
class BodyFaultsTest {
    private final EchoServer echo = new EchoServer();
    private final List<EmbeddedPort> open = new ArrayList<>();

    private EmbeddedPort post(int announced, int sent) {
        EmbeddedPort port = new EmbeddedPort(echo.engine(), NettyOptions.DEFAULTS);
        open.add(port);
        return port.receive("POST /echo/body?90000 HTTP/1.1\r\nHost: h\r\nContent-Length: " + announced + "\r\n\r\n"
                + "x".repeat(sent));
    }

    @AfterEach
    void close() {
        open.forEach(EmbeddedPort::close);
    }

    @Test
    @DisplayName("B9: bytes that arrived do not buy time for the rest")
    void noBank() {
        EmbeddedPort port = post(90_000, 89_999);
        port.pass(9_000);
        assertThat(port.isOpen()).isTrue();
        port.pass(15_000);

        assertThat(port.sent()).startsWith("HTTP/1.1 408");
        assertThat(port.isOpen()).isFalse();
    }

    @Test
    @DisplayName("B9: a slow body that keeps the lowest rate arrives, and one below it does not")
    void rate() {
        EmbeddedPort steady = post(60_000, 0);
        EmbeddedPort slow = post(60_000, 0);
        for (int second = 0; second < 59; second++) {
            steady.receive("x".repeat(1_000)).pass(1_000);
            slow.receive("x".repeat(900)).pass(1_000);
        }

        assertThat(slow.sent()).startsWith("HTTP/1.1 408");
        assertThat(steady.ask("x".repeat(1_000))).startsWith("HTTP/1.1 200");
    }

    @Test
    @DisplayName("B9: no rate stretches a body beyond requestTimeout")
    void absolute() {
        NettyOptions options = NettyOptions.builder().minBodyRate(1).build();
        EmbeddedPort port = new EmbeddedPort(echo.engine(), options);
        open.add(port);
        port.receive("POST /echo/body?90000 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int second = 0; second < 298; second++) {
            port.receive("1\r\nx\r\n").pass(1_000);
        }
        assertThat(port.isOpen()).isTrue();
        port.pass(1_000);
        port.pass(2_000);

        assertThat(port.sent()).startsWith("HTTP/1.1 408");
    }

    @Test
    @DisplayName("B9: only incomplete bodies count, whatever ends them")
    void counted() throws Exception {
        EmbeddedPort first = post(10, 9);
        EngineSession session = echo.session();
        assertThat(session.openPosts(0)).isEqualTo(1);
        assertThat(first.ask("x")).startsWith("HTTP/1.1 200");
        assertThat(session.openPosts(0)).isZero();

        EmbeddedPort broken = post(10, 9);
        EngineSession second = echo.session();
        assertThat(second.openPosts(0)).isEqualTo(1);
        broken.close();
        assertThat(second.openPosts(0)).isZero();

        EmbeddedPort large = post(90_001, 1);
        assertThat(large.sent()).startsWith("HTTP/1.1 413");
        assertThat(echo.session().openPosts(0)).isZero();

        post(10, 10);
        assertThat(echo.session().openPosts(0)).isZero();
    }
}
