package io.everwire.netty.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.HandlerMode;
import io.everwire.RefusedException;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.netty.SocketIoHandler;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that the application accepts, or rejects, after they have arrived completely. */
class LateOpeningTest {
    private static final String POLL = "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String UPGRADE = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\n"
            + "Upgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

    private final CompletableFuture<Void> decision = new CompletableFuture<>();
    private final SocketIoServer server = SocketIoServer.create(ServerOptions.builder()
            .handlerMode(HandlerMode.EVENT_LOOP)
            .allowRequestAsync(request -> decision)
            .build());
    private final EmbeddedChannel channel = new EmbeddedChannel(new HttpServerCodec(), SocketIoHandler.create(server));

    @AfterEach
    void releaseAll() {
        channel.finishAndReleaseAll();
    }

    @Test
    void aPollIsAnsweredOnceItIsLetIn() {
        receive(POLL);
        assertThat(sent()).isEmpty();

        decision.complete(null);

        assertThat(sent()).startsWith("HTTP/1.1 200 OK").contains("\"sid\"");
    }

    @Test
    void aWebSocketIsGrantedOnceItIsLetIn() {
        receive(UPGRADE);
        assertThat(sent()).isEmpty();

        decision.complete(null);

        assertThat(sent()).contains("101 Switching Protocols").contains("0{\"sid\"");
        assertThat(channel.pipeline().get(HttpServerCodec.class)).isNull();
        assertThat(server.engine().clientsCount()).isOne();
    }

    @Test
    void aWebSocketThatIsRefusedGetsItsAnswer() {
        receive(UPGRADE);

        decision.completeExceptionally(new RefusedException("not today"));

        assertThat(sent()).startsWith("HTTP/1.1 400").endsWith("not today");
        assertThat(server.engine().clientsCount()).isZero();
    }

    @Test
    void nothingIsOpenedForAConnectionThatWentMeanwhile() {
        receive(UPGRADE);
        channel.close();

        decision.complete(null);
        channel.runPendingTasks();

        assertThat(server.engine().clientsCount()).isZero();
    }

    @Test
    void aPeerThatSendsMoreBeforeItsUpgradeIsDropped() {
        receive(UPGRADE + POLL);

        decision.complete(null);

        assertThat(sent()).doesNotContain("101");
        assertThat(channel.isOpen()).isFalse();
        assertThat(server.engine().clientsCount()).isZero();
    }

    private void receive(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    }

    private String sent() {
        channel.runPendingTasks();
        StringBuilder text = new StringBuilder();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            text.append(bytes.toString(StandardCharsets.ISO_8859_1));
            bytes.release();
        }
        return text.toString();
    }
}
