package io.everwire.netty.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.HandlerMode;
import io.everwire.Host;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.netty.NettyServer;
import io.everwire.testkit.host.RawPeer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A blocking close is refused on every event loop of the server's hosts, also while the server has no session. */
@Timeout(120)
class ClosingOnEventLoopTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final String HANDSHAKE =
            "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private final SocketIoServer server = SocketIoServer.create(
            ServerOptions.builder().handlerMode(HandlerMode.EVENT_LOOP).build());
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    /** The server was bound and would wait for its host, which would wait for the calling event loop. */
    @Test
    void closeIsRefusedBeforeTheFirstSession() throws Exception {
        CompletableFuture<Integer> sessions = new CompletableFuture<>();
        // In this handler mode, middleware runs on the event loop of the connection, before a session is opened.
        server.engine().use((request, headers) -> {
            sessions.complete(server.engine().clientsCount());
            close();
        });
        Host host = server.bind(ANY);

        try (RawPeer peer = RawPeer.open(host.address())) {
            peer.send(HANDSHAKE);

            assertCloseIsRefused();
            assertThat(sessions).isCompletedWithValue(0);
            assertThat(peer.answer()).startsWith("HTTP/1.1 200 ");
        }
        assertThat(server.closeAsync()).succeedsWithin(60, TimeUnit.SECONDS);
    }

    @Test
    void closeIsRefusedBeforeTheFirstRequest() throws Exception {
        NettyServer host =
                NettyServer.builder(server).application(pipeline -> close()).bind(ANY);

        try (RawPeer peer = RawPeer.open(host.address())) {
            peer.send("");
            assertCloseIsRefused();
        }
        assertThat(host.close()).succeedsWithin(60, TimeUnit.SECONDS);
        assertThat(server.closeAsync()).succeedsWithin(60, TimeUnit.SECONDS);
    }

    private void close() {
        try {
            server.close();
            closed.complete(null);
        } catch (IllegalStateException refused) {
            closed.completeExceptionally(refused);
        }
    }

    private void assertCloseIsRefused() {
        assertThat(closed)
                .failsWithin(60, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(IllegalStateException.class)
                .withMessageContaining("closeAsync");
    }
}
