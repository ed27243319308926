package io.everwire.netty.eio4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.Host;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.netty.FlashPolicyServer;
import io.everwire.netty.NettyHost;
import io.everwire.netty.NettyOptions;
import io.everwire.netty.NettyServer;
import io.everwire.testkit.host.RawPeer;
import io.everwire.testkit.host.eio4.JoinedPeer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** C6: a server knows all its ports, and either may be closed first. */
@Timeout(120)
class OwnershipTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    /** Waits a second, not five, for peers, which do not answer a close frame. */
    private static final NettyOptions SHORT_CLOSE =
            NettyOptions.builder().closeTimeout(Duration.ofSeconds(1)).build();

    private final SocketIoServer server = SocketIoServer.create();
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    /** Kept: the JDK closes a socket that the garbage collector finds. */
    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable peer : opened) {
            peer.close();
        }
        server.close();
        System.setErr(err);
    }

    private static void isClosed(InetSocketAddress address) {
        assertThatThrownBy(() -> RawPeer.open(address)).isInstanceOf(IOException.class);
    }

    @Test
    @DisplayName("C6: the server knows and closes every port, however it was opened")
    void everyPort() throws Exception {
        Host first = NettyServer.builder(server).bind(ANY);
        Host second = server.bind(ANY);
        Host third = server.bind(ANY, NettyHost.builder().build());
        Host policy = FlashPolicyServer.bind(server, ANY);

        assertThat(server.host()).isSameAs(first);
        assertThat(server.hosts()).containsExactly(first, second, third, policy);
        second.close().get(60, TimeUnit.SECONDS);
        assertThat(server.hosts()).containsExactly(first, third, policy);
        server.close();
        assertThat(server.hosts()).isEmpty();
        isClosed(first.address());
        isClosed(third.address());
        isClosed(policy.address());
        assertThatThrownBy(server::host).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("C6: the server no longer knows a port whose closing is done")
    void closedPorts() throws Exception {
        for (Host port : List.of(NettyServer.builder(server).bind(ANY), FlashPolicyServer.bind(server, ANY))) {
            assertThat(port.close().thenApply(done -> server.hosts()).get(60, TimeUnit.SECONDS))
                    .doesNotContain(port);
        }
    }

    @Test
    @DisplayName("C6: a closed server opens no port, by any way")
    void closedServer() {
        server.close();
        assertThatThrownBy(() -> server.bind(ANY)).hasMessageContaining("the server is closed");
        assertThatThrownBy(() -> NettyServer.builder(server).bind(ANY)).hasMessageContaining("the server is closed");
        assertThatThrownBy(() -> FlashPolicyServer.bind(server, ANY)).hasMessageContaining("the server is closed");
        assertThat(server.hosts()).isEmpty();
    }

    @Test
    @DisplayName("C6: the host of the options opens the ports of listen and bind")
    void hostOfTheOptions() throws Exception {
        NettyHost host = NettyHost.builder()
                .options(NettyOptions.builder().maxRequestLine(300).build())
                .build();
        SocketIoServer own =
                SocketIoServer.listen(0, ServerOptions.builder().host(host).build(), each -> {});
        try (RawPeer peer = RawPeer.open(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), own.host().address().getPort()))) {
            peer.send("GET /" + "x".repeat(400) + " HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(peer.answer()).startsWith("HTTP/1.1 414").endsWith("maxRequestLine = 300.\n");
        } finally {
            own.close();
        }
    }

    @Test
    @DisplayName("C6: closing the host first, then the server, logs nothing, with sessions of both transports")
    void hostFirst() throws Exception {
        Host host = NettyServer.builder(server).options(SHORT_CLOSE).bind(ANY);
        for (int i = 0; i < 5; i++) {
            opened.add(JoinedPeer.open(host.address()));
            RawPeer polling = RawPeer.open(host.address());
            opened.add(polling);
            polling.send("GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(polling.answer()).contains("0{");
        }
        assertThat(server.engine().clientsCount()).isEqualTo(10);

        host.close().get(60, TimeUnit.SECONDS);
        assertThat(server.engine().clientsCount())
                .as("sessions whose event loop is gone would never time out")
                .isZero();
        server.close();

        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("ERROR", "WARN", "Exception");
    }

    @Test
    @DisplayName("C6: closing the server first, then the host, logs nothing")
    void serverFirst() throws Exception {
        Host host = NettyServer.builder(server).options(SHORT_CLOSE).bind(ANY);
        opened.add(JoinedPeer.open(host.address()));
        server.close();
        host.close().get(60, TimeUnit.SECONDS);

        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("ERROR", "WARN", "Exception");
    }
}
