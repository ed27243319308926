package io.everwire.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.netty.NettyOptions;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.testkit.host.EchoServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.netty.DisposableServer;

/** The idle timeout of Reactor Netty: it ends idle connections, and neither a waiting poll nor a WebSocket. */
@Timeout(60)
class IdleTimeoutTest {
    private static final Duration IDLE = Duration.ofMillis(300);
    private static final String WEB_SOCKET =
            "GET /echo/ws HTTP/1.1\r\nHost: test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

    private final EchoServer echo = new EchoServer();
    private final DisposableServer port =
            EchoPort.create(echo, NettyOptions.DEFAULTS, 0).idleTimeout(IDLE).bindNow();

    @AfterEach
    void close() {
        port.disposeNow();
    }

    @Test
    void aWaitingPollIsLongerThanTheTimeoutWhichAppliesAfterIt() throws Exception {
        Client poll = new Client("GET /echo/hold HTTP/1.1\r\nHost: test\r\n\r\n");
        assertThat(echo.event()).isEqualTo("held /echo/hold");
        waitForTwoTimeouts();

        echo.session().send(Encoded.text(Bytes.utf8("at last\r\n")));

        assertThat(poll.readTo("at last")).startsWith("HTTP/1.1 200 OK");
        assertThat(poll.readTo("nothing")).isEmpty();
    }

    @Test
    void aPollBehindAResponseOfTheApplicationWaits() throws Exception {
        Client poll = new Client(
                "GET /app/hello HTTP/1.1\r\nHost: test\r\n\r\n" + "GET /echo/hold HTTP/1.1\r\nHost: test\r\n\r\n");
        assertThat(echo.event()).isEqualTo("held /echo/hold");
        waitForTwoTimeouts();

        echo.session().send(Encoded.text(Bytes.utf8("at last\r\n")));

        assertThat(poll.readTo("at last")).contains("hello", "at last");
    }

    @Test
    void aWebSocketIsNotIdle() throws Exception {
        Client webSocket = new Client(WEB_SOCKET);
        assertThat(webSocket.readTo("")).startsWith("HTTP/1.1 101");
        waitForTwoTimeouts();

        echo.session().send(Encoded.text(Bytes.utf8("at last\r\n")));

        assertThat(webSocket.readTo("at last")).contains("sid ");
    }

    /** Two connections that the timeout ends, one after the other, measure the time. */
    private void waitForTwoTimeouts() throws IOException {
        for (int i = 0; i < 2; i++) {
            assertThat(new Client("").readTo("nothing")).isEmpty();
        }
    }

    /** A connection whose reads have a timeout. */
    private final class Client {
        private final BufferedReader in;

        Client(String request) throws IOException {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port.port());
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        /** Reads to a line that ends with {@code end}, or to the end of the connection. */
        String readTo(String end) throws IOException {
            StringBuilder text = new StringBuilder();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                text.append(line).append('\n');
                if (end.isEmpty() ? line.isEmpty() : line.endsWith(end)) {
                    break;
                }
            }
            return text.toString();
        }
    }
}
