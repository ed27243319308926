package io.everwire.servlet.eio4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.Host;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.servlet.SocketIoFilter;
import io.everwire.servlet.TestContainer;
import io.everwire.servlet.TestContainer.Application;
import io.everwire.testkit.host.RawPeer;
import io.everwire.testkit.host.eio4.ManyPeers;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("once")
@Timeout(300)
class BroadcastInContainerTest {
    private static final int PEERS = 5_000;
    private static final int MESSAGES = 10;

    private final SocketIoServer server =
            SocketIoServer.create(ServerOptions.builder().noClientFiles().build());
    private final Map<String, Integer> expected = new ConcurrentHashMap<>();
    private final AtomicInteger received = new AtomicInteger();
    private final AtomicInteger misplaced = new AtomicInteger();

    @Test
    @DisplayName(
            "5,000 WebSockets receive each broadcast once and in order while the container reads their answers and serves its application")
    void broadcast() throws Exception {
        server.on("got", int.class, (socket, number) -> {
            if (expected.merge(socket.id(), 1, Integer::sum) != number + 1) {
                misplaced.incrementAndGet();
            }
            received.incrementAndGet();
        });
        Host host = TestContainer.installed()
                .start(new Application().servlet(new Hello()).filter("socket.io", SocketIoFilter.create(server)));
        try (ManyPeers peers = ManyPeers.join(host.address(), PEERS, MESSAGES);
                RawPeer ordinary = RawPeer.open(host.address())) {
            assertThat(server.engine().clientsCount()).isEqualTo(PEERS);
            for (int i = 0; i < MESSAGES; i++) {
                server.emit("n", i);
                // While the writes of this broadcast, and the answers to earlier ones, are on their way.
                assertThat(ordinary.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
                                .answer())
                        .startsWith("HTTP/1.1 200")
                        .endsWith("hello");
            }
            peers.awaitMessages();
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(received).hasValue(PEERS * MESSAGES));
            assertThat(misplaced).hasValue(0);
        } finally {
            server.close();
            host.close().get(60, TimeUnit.SECONDS);
        }
    }

    private static final class Hello extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentLength(5);
            response.getOutputStream().print("hello");
        }
    }
}
