package io.everwire.netty.gen0;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.HandlerMode;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.netty.SocketIoHandler;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes of WebSockets before RFC 6455 (hixie-75, hixie-76) whose verdict comes later than the request. */
class LateVerdictTest {
    private static final String REQUEST_75 =
            "GET /socket.io/websocket HTTP/1.1\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n"
                    + "Host: 127.0.0.1:8618\r\nOrigin: http://127.0.0.1:8618\r\n";

    private static final String REQUEST_76 = REQUEST_75 + "Sec-WebSocket-Key1: 4 @1  46546xW%0l 1 5\r\n"
            + "Sec-WebSocket-Key2: 12998 5 Y3 1  .P00\r\n\r\n^n:ds[4U";

    private static final String HEAD_76 = "HTTP/1.1 101 WebSocket Protocol Handshake\r\nUpgrade: WebSocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Origin: http://127.0.0.1:8618\r\n"
            + "Sec-WebSocket-Location: ws://127.0.0.1:8618/socket.io/websocket\r\n\r\n";

    private static final String HEAD_75 = "HTTP/1.1 101 Web Socket Protocol Handshake\r\nUpgrade: WebSocket\r\n"
            + "Connection: Upgrade\r\nWebSocket-Origin: http://127.0.0.1:8618\r\n"
            + "WebSocket-Location: ws://127.0.0.1:8618/socket.io/websocket\r\n\r\n";

    /** Creates a server that admits a request when {@code verdict} completes. */
    private static SocketIoServer server(CompletableFuture<Void> verdict) {
        return SocketIoServer.create(ServerOptions.builder()
                .handlerMode(HandlerMode.EVENT_LOOP)
                .origins("*")
                .allowRequestAsync(head -> verdict)
                .build());
    }

    private static void receive(EmbeddedChannel channel, String bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
        channel.runPendingTasks();
    }

    /** Returns the bytes that were sent, as text. */
    private static String sent(EmbeddedChannel channel) {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            all.writeBytes(bytes);
            bytes.release();
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** An asynchronous {@code allowRequest} decides before the nonce of hixie-76 arrives, or after it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 8})
    void aVerdictMayComeLater(int bytesAfterTheVerdict) {
        for (String request : List.of(REQUEST_75 + "\r\n", REQUEST_76)) {
            CompletableFuture<Void> verdict = new CompletableFuture<>();
            SocketIoServer server = server(verdict);
            EmbeddedChannel channel = new EmbeddedChannel(new HttpServerCodec(), SocketIoHandler.create(server));
            String bytes = request;
            int cut = bytes.length() - bytesAfterTheVerdict;
            receive(channel, bytes.substring(0, cut));
            assertThat(sent(channel)).isEmpty();

            verdict.complete(null);
            receive(channel, bytes.substring(cut));

            String head = request.equals(REQUEST_76) ? HEAD_76 : HEAD_75;
            String digest = request.equals(REQUEST_76) ? "8jKS'y:G*Co,Wxa-" : "";
            assertThat(sent(channel)).startsWith(head + digest + "\0~m~20~m~");
            channel.finishAndReleaseAll();
            server.closeAsync();
        }
    }

    /** F5: a key is invalid if its spaces do not divide its number. The connection closes without a response. */
    @Test
    void anInvalidKeyIsRefusedAfterALateVerdict() {
        CompletableFuture<Void> verdict = new CompletableFuture<>();
        SocketIoServer server = server(verdict);
        EmbeddedChannel channel = new EmbeddedChannel(new HttpServerCodec(), SocketIoHandler.create(server));
        receive(channel, REQUEST_76.replace("Key1: 4 @1  46546xW%0l 1 5", "Key1: 1 2 3"));

        verdict.complete(null);

        assertThat(sent(channel)).isEmpty();
        assertThat(channel.isOpen()).isFalse();
        assertThat(server.engine().clientsCount()).isZero();
        server.closeAsync();
    }
}
