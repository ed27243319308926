package io.everwire.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.testkit.host.EchoServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A11: the page that caused a response of the host can read it, and the response names the limit. */
class HostAnswersTest {
    private static final String OWN = "Host: h\r\nOrigin: http://h\r\n";
    private static final String FOREIGN = "Host: h\r\nOrigin: http://evil.example\r\n";

    private final EchoServer echo = new EchoServer();
    private final List<EmbeddedPort> open = new ArrayList<>();

    private EmbeddedPort port() {
        EmbeddedPort port = new EmbeddedPort(echo.engine(), NettyOptions.DEFAULTS);
        open.add(port);
        return port;
    }

    @AfterEach
    void close() {
        open.forEach(EmbeddedPort::close);
    }

    private static void readable(String answer, int status) {
        assertThat(answer).startsWith("HTTP/1.1 " + status);
        assertThat(answer.toLowerCase(Locale.ROOT))
                .contains("\r\naccess-control-allow-origin: http://h\r\n")
                .contains("\r\naccess-control-allow-credentials: true\r\n")
                .contains("\r\nvary: origin\r\n");
    }

    private void readable(String start, String rest, int status) {
        readable(port().ask(start + OWN + rest), status);
        assertThat(port().ask(start + FOREIGN + rest))
                .startsWith("HTTP/1.1 4")
                .doesNotContainIgnoringCase("access-control-allow-origin");
    }

    private static String get(int length) {
        return "GET /echo/ignore?token=" + "x".repeat(length) + " HTTP/1.1\r\n";
    }

    @Test
    @DisplayName("A11: a token of 9,000 characters in the query passes, as in Node")
    void longTokens() {
        assertThat(port().ask(get(9_000) + OWN + "\r\n")).startsWith("HTTP/1.1 200");
        assertThat(port().ask(get(16_000) + OWN + "\r\n")).startsWith("HTTP/1.1 200");
        assertThat(port().ask(get(0) + OWN + "X-Token: " + "x".repeat(16_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    @DisplayName("A11: 414 names its option, however long the line is and however it is cut")
    void requestLine() {
        for (int length : new int[] {16_400, 40_000, 200_000}) {
            readable(get(length), "\r\n", 414);
        }
        String answer = port().ask(get(20_000) + OWN + "\r\n");
        assertThat(answer).endsWith("A request line exceeds the limit maxRequestLine = 16384.\n");
        for (int cut : new int[] {1, 7, 1_000, 16_390, 20_031, 20_032, 20_040}) {
            EmbeddedPort port = port();
            String request = get(20_000) + "Accept: */*\r\n" + OWN + "\r\n";
            for (int at = 0; at < request.length(); at += cut) {
                port.receive(request.substring(at, Math.min(request.length(), at + cut)));
            }
            readable(port.sent(), 414);
        }
    }

    @Test
    @DisplayName("A11: 431 for headers that are too long, before or behind the origin, and for too many")
    void headers() {
        String large = "X-Large: " + "x".repeat(20_000) + "\r\n";
        readable(get(1), large + "\r\n", 431);
        readable(get(1) + large, "\r\n", 431);
        readable(get(1) + ("X-A: " + "x".repeat(900) + "\r\n").repeat(30), "\r\n", 431);
        readable(get(1), "a:\r\n".repeat(2_500) + "\r\n", 431);
        assertThat(port().ask(get(1) + OWN + large + "\r\n")).endsWith("limit maxHeaderBytes = 16384.\n");
        assertThat(port().ask(get(1) + OWN + "a:\r\n".repeat(2_500) + "\r\n"))
                .endsWith("limit maxHeaderCount = 2000.\n");
    }

    @Test
    @DisplayName("A11: the host does not search for the origin for ever")
    void endless() {
        EmbeddedPort line = port().receive("GET /echo/ignore?" + "x".repeat(600_000));
        assertThat(line.sent()).startsWith("HTTP/1.1 414");
        EmbeddedPort silent = port().receive(get(20_000) + OWN);
        assertThat(silent.sent()).isEmpty();
        silent.pass(62_000);
        readable(silent.sent(), 414);
        assertThat(silent.isOpen()).isFalse();
        EmbeddedPort broken = port().receive(get(20_000) + "Origin: http://h\r\na\u0000b: c\r\n");
        assertThat(broken.sent()).startsWith("HTTP/1.1 414");
        EmbeddedPort over = port().receive(get(20_000) + OWN + "\r\n" + get(1) + OWN + "\r\n");
        assertThat(over.sent().split("HTTP/1.1", -1)).hasSize(2);
    }

    @Test
    @DisplayName("A11: 400 for a malformed head or body")
    void malformed() {
        readable("GET /echo/ignore HTTP/1.1\r\nHost: h\r\n".replace("Host: h\r\n", ""), "X-A : b\r\n\r\n", 400);
        readable("GET /echo/ignore HTTP/1.2\r\n", "\r\n", 400);
        readable("POST /echo/body?9 HTTP/1.1\r\n", "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400);
    }

    @Test
    @DisplayName("A11: 413 for a body that is too large, 408 for one that is too slow")
    void bodies() {
        readable("POST /echo/body?9 HTTP/1.1\r\n", "Content-Length: 10\r\n\r\n", 413);
        EmbeddedPort slow = port().receive("POST /echo/body?9 HTTP/1.1\r\n" + OWN + "Content-Length: 9\r\n\r\nabc");
        slow.pass(15_000);
        String answer = slow.sent();
        readable(answer, 408);
        assertThat(answer).contains("bodyTimeout = 10000");
    }
}
