package io.everwire.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.testkit.host.EchoServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The memory of requests that are not complete, or wait for the response to an earlier one. */
@Timeout(120)
class HostMemoryTest {
    private static final String HEAD = "GET /echo/ignore HTTP/1.1\r\nHost: x\r\n";
    private static final String LONG = "X: " + "a".repeat(14_000) + "\r\n";

    /** A byte of a head counts three times. */
    private static final int ATTACKERS = 2 * EchoServer.MAX_INPUT / (3 * 14_000);

    private final EchoServer echo = new EchoServer();
    private final List<Socket> sockets = new ArrayList<>();
    private NettyServer server;

    @BeforeEach
    void bind() throws IOException {
        server = NettyServer.builder(echo.engine()).bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        server.close().get(60, TimeUnit.SECONDS);
    }

    private Socket send(String text) throws IOException {
        Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort());
        socket.setSoTimeout(60_000);
        sockets.add(socket);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private String answerToBystander() throws IOException {
        Socket socket = send(HEAD + "Connection: close\r\n\r\n");
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    @Test
    void unfinishedHeads() throws Exception {
        for (int i = 0; i < ATTACKERS; i++) {
            send(HEAD + LONG);
        }
        assertThat(answerToBystander()).startsWith("HTTP/1.1 200 ").endsWith("ignored");

        int closed = 0;
        for (Socket attacker : sockets.subList(0, ATTACKERS)) {
            closed += isClosed(attacker) ? 1 : 0;
        }
        // Half of them, if the server had read all heads when the bystander was answered; a busy one has read fewer.
        assertThat(closed).isBetween(ATTACKERS / 4, ATTACKERS - 1);
    }

    /** Finishes the head: the connections that are open are answered. */
    private static boolean isClosed(Socket attacker) {
        try {
            attacker.getOutputStream().write("\r\n".getBytes(StandardCharsets.US_ASCII));
            return attacker.getInputStream().read() == -1;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Test
    void requestsBehindAnUnansweredOne() throws Exception {
        String hold = "GET /echo/hold HTTP/1.1\r\nHost: x\r\n\r\n" + HEAD + LONG + "\r\n";
        for (int i = 0; i < ATTACKERS; i++) {
            send(hold);
        }
        String event = echo.event();
        while (!event.equals("gone /echo/hold")) {
            assertThat(event).isEqualTo("held /echo/hold");
            event = echo.event();
        }
        assertThat(answerToBystander()).startsWith("HTTP/1.1 200 ").endsWith("ignored");
    }
}
