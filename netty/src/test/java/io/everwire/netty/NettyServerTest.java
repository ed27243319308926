package io.everwire.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.HostProvider;
import io.everwire.testkit.host.EchoServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Properties of a {@link NettyServer} beyond the host contract. */
@Timeout(120)
class NettyServerTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final EchoServer echo = new EchoServer();

    private static String talk(Socket socket, String request) throws IOException {
        socket.setSoTimeout(60_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Socket connect(NettyServer server) throws IOException {
        return new Socket(server.address().getAddress(), server.address().getPort());
    }

    @Test
    void withoutAnApplicationThereIsNothingElse() throws Exception {
        NettyServer server = NettyServer.builder(echo.engine()).bind(ANY);
        try (Socket socket = connect(server)) {
            String answers = talk(
                    socket,
                    "GET / HTTP/1.1\r\nHost: h\r\n\r\nHEAD / HTTP/1.1\r\nHost: h\r\n\r\n"
                            + "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
            assertThat(answers).startsWith("HTTP/1.1 404 Not Found\r\n").endsWith("\r\n\r\nNot found\n");
            assertThat(answers.split("Not found\n", -1)).hasSize(3);
            assertThat(answers.split("HTTP/1.1 404", -1)).hasSize(4);
        }
        server.close().get(60, TimeUnit.SECONDS);
    }

    @Test
    void tooManyConnectionsAreTurnedAway() throws Exception {
        NettyOptions options = NettyOptions.builder().maxConnections(1).build();
        NettyServer server = NettyServer.builder(echo.engine()).options(options).bind(ANY);
        try (Socket first = connect(server)) {
            first.setSoTimeout(60_000);
            first.getOutputStream()
                    .write("GET /echo/ignore HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(first.getInputStream().read()).isEqualTo('H');
            try (Socket second = connect(server)) {
                second.setSoTimeout(60_000);
                assertThat(second.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(talk(first, "GET /echo/ignore HTTP/1.0\r\n\r\n")).endsWith("ignored");
        }
        server.close().get(60, TimeUnit.SECONDS);
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        NettyServer server = NettyServer.builder(echo.engine()).bind(ANY);
        assertThatThrownBy(() -> NettyServer.builder(echo.engine()).bind(server.address()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(String.valueOf(server.address().getPort()));
        server.close().get(60, TimeUnit.SECONDS);
    }

    @Test
    void theServiceLoaderFindsIt() {
        assertThat(ServiceLoader.load(HostProvider.class).stream().map(ServiceLoader.Provider::type))
                .contains(NettyHost.class);
    }
}
