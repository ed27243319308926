package io.everwire.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.testkit.host.EchoServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Flash's request for the policy over the network, on both ports. */
@Timeout(120)
class FlashPolicyServerTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final byte[] REQUEST = "<policy-file-request/>\0".getBytes(StandardCharsets.US_ASCII);

    private final EchoServer echo = new EchoServer();
    private final String policy =
            new String(FlashPolicy.of(echo.engine().options().origins()), StandardCharsets.UTF_8);

    private static String talk(InetSocketAddress address, byte[] request) throws IOException {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private NettyServer start(NettyOptions.Builder options) throws IOException {
        return NettyServer.builder(echo.engine()).options(options.build()).bind(ANY);
    }

    @Test
    void itsOwnPortAnswersBeforeItIsAsked() throws Exception {
        NettyServer server = start(NettyOptions.builder().flashPolicyPort(0));
        InetSocketAddress port = server.flashPolicy().address();
        assertThat(talk(port, new byte[0])).isEqualTo(policy);
        assertThat(talk(port, REQUEST)).isEqualTo(policy);
        assertThat(talk(port, new byte[200_000])).isEqualTo(policy);
        server.close().get(60, TimeUnit.SECONDS);
        assertThatThrownBy(() -> talk(port, REQUEST)).isInstanceOf(IOException.class);
    }

    @Test
    void aPortThatCannotBeHadIsDoneWithout() throws Exception {
        NettyServer first = start(NettyOptions.builder().flashPolicyPort(0));
        int taken = first.flashPolicy().address().getPort();
        NettyServer second = start(NettyOptions.builder().flashPolicyPort(taken));
        assertThat(second.flashPolicy()).isNull();
        assertThat(talk(second.address(), "GET /echo/ignore HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .endsWith("ignored");
        assertThatThrownBy(() -> FlashPolicyServer.bind(
                        null,
                        echo.engine(),
                        NettyOptions.DEFAULTS,
                        first.flashPolicy().address()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(String.valueOf(taken));
        first.close().get(60, TimeUnit.SECONDS);
        second.close().get(60, TimeUnit.SECONDS);
    }

    @Test
    void theServersPortAnswersIfItWasAskedTo() throws Exception {
        NettyServer told = start(NettyOptions.builder().flashPolicy(true));
        assertThat(talk(told.address(), REQUEST)).isEqualTo(policy);
        assertThat(talk(told.address(), "GET /echo/ignore HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .endsWith("ignored");
        assertThat(talk(told.address(), "<html>\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .startsWith("HTTP/1.1 400 ");
        told.close().get(60, TimeUnit.SECONDS);
        NettyServer untold = start(NettyOptions.builder());
        assertThat(untold.flashPolicy()).isNull();
        assertThat(talk(untold.address(), "<policy-file-request/>\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .startsWith("HTTP/1.1 400 ");
        untold.close().get(60, TimeUnit.SECONDS);
    }

    @Test
    void halfARequestIsClosedWithoutAByte() throws Exception {
        NettyServer server = start(NettyOptions.builder().flashPolicy(true).headTimeout(Duration.ofMillis(200)));
        assertThat(talk(server.address(), "<policy-file".getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
        server.close().get(60, TimeUnit.SECONDS);
    }
}
