package io.everwire.netty.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.HandlerMode;
import io.everwire.Host;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.netty.NettyHost;
import io.everwire.netty.NettyOptions;
import io.everwire.testkit.host.eio4.JoinedPeer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handlers that close their own server. */
@Timeout(120)
class ClosingByHandlerTest {
    private final CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    @Test
    void closeWaitsOnAHandlerThread() throws Exception {
        SocketIoServer server = server(HandlerMode.MAILBOX);
        server.on("close", socket -> {
            server.close();
            closed.complete(null);
        });

        try (JoinedPeer peer = peer(server)) {
            assertThat(closed).succeedsWithin(60, TimeUnit.SECONDS);
            assertThat(peer.peer().ended()).isTrue();
        }
    }

    /** Waiting on the event loop would be a deadlock: it would wait for itself. */
    @Test
    void closeThrowsOnTheEventLoop() throws Exception {
        SocketIoServer server = server(HandlerMode.EVENT_LOOP);
        server.on("close", socket -> {
            try {
                server.close();
            } catch (IllegalStateException refused) {
                thrown.complete(refused);
            }
        });

        try (JoinedPeer peer = peer(server)) {
            assertThat(thrown.get(60, TimeUnit.SECONDS)).hasMessageContaining("closeAsync");
            server.onRaw("open", (socket, arguments) -> "yes");
            assertThat(peer.send("420[\"open\"]").next()).isEqualTo("430[\"yes\"]");
        }
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void closeAsyncWorksOnAnyThread(HandlerMode mode) throws Exception {
        SocketIoServer server = server(mode);
        server.on("close", socket -> server.closeAsync().thenAccept(done -> closed.complete(null)));

        try (JoinedPeer peer = peer(server)) {
            assertThat(closed).succeedsWithin(60, TimeUnit.SECONDS);
            assertThat(peer.peer().ended()).isTrue();
        }
    }

    /** Its port waits a second, not five, for peers, which do not answer a close frame. */
    private static SocketIoServer server(HandlerMode mode) {
        NettyOptions shortClose =
                NettyOptions.builder().closeTimeout(Duration.ofSeconds(1)).build();
        return SocketIoServer.create(ServerOptions.builder()
                .handlerMode(mode)
                .host(NettyHost.builder().options(shortClose).build())
                .build());
    }

    /** A client that has asked for the end. */
    private static JoinedPeer peer(SocketIoServer server) throws Exception {
        Host host = server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return JoinedPeer.open(host.address()).send("42[\"close\"]");
    }
}
