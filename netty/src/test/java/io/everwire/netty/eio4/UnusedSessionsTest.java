package io.everwire.netty.eio4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.LimitOptions;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.netty.NettyServer;
import io.everwire.testkit.host.RawPeer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code unusedTimeout} on real connections. */
class UnusedSessionsTest {
    private static final String OPEN = "/socket.io/?EIO=4&transport=polling";

    @Test
    void anOpenConnectionSparesItsSession() throws Exception {
        SocketIoServer server = SocketIoServer.create(ServerOptions.builder()
                .limits(LimitOptions.builder()
                        .unusedTimeout(Duration.ofMillis(300))
                        .build())
                .build());
        NettyServer port = NettyServer.builder(server).bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try (RawPeer slow = RawPeer.open(port.address())) {
            String opened = slow.send(get(OPEN)).answer();
            try (RawPeer gone = RawPeer.open(port.address())) {
                assertThat(gone.send(get(OPEN)).answer()).startsWith("HTTP/1.1 200");
            }

            // The session of the open connection is older.
            await().atMost(Duration.ofSeconds(30)).until(() -> server.engine().clientsCount() == 1);

            String sid = opened.replaceFirst("(?s).*\"sid\":\"([^\"]+)\".*", "$1");
            String join = "POST " + OPEN + "&sid=" + sid + " HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n40";
            assertThat(slow.send(join).answer()).startsWith("HTTP/1.1 200");
        }
        server.close();
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n";
    }
}
