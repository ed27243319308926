package io.everwire.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.engine.EngineSession;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.testkit.host.EchoServer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pieces of a stream are separate chunks and are flushed together. */
class NettyStreamTest {
    private final EchoServer echo = new EchoServer();
    private final Flushes flushes = new Flushes();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private EngineSession slot;

    @BeforeEach
    void open() throws Exception {
        NettyOptions options = NettyOptions.DEFAULTS;
        channel.pipeline().addLast(flushes, new HttpServerCodec(), new SocketIoHandler(echo.engine(), options, false));
        channel.writeInbound(
                Unpooled.copiedBuffer("GET /echo/stream?begin HTTP/1.1\r\n\r\n", StandardCharsets.US_ASCII));
        slot = echo.session();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void write(String piece) {
        slot.send(Encoded.text(Bytes.utf8(piece)));
    }

    private String sent() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            text.append(bytes.toString(StandardCharsets.ISO_8859_1));
            bytes.release();
        }
        return text.toString();
    }

    @Test
    void theHeadAndTheFirstPieceLeaveInOneFlush() {
        assertThat(flushes.count).isEqualTo(1);
        assertThat(sent())
                .isEqualTo("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n"
                        + "5\r\nbegin\r\n");
    }

    @Test
    void piecesOfOneTurnLeaveInOneFlush() throws Exception {
        Flushes counted = new Flushes();
        NettyServer server = NettyServer.builder(echo.engine())
                .application(pipeline -> pipeline.addFirst(counted))
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try (Socket peer =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            peer.setSoTimeout(60_000);
            peer.getOutputStream().write("GET /echo/stream?0 HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            EngineSession stream = echo.session();
            for (int b = peer.getInputStream().read();
                    b != '0' || peer.getInputStream().available() > 0; ) {
                b = peer.getInputStream().read();
            }
            int before = counted.count;
            stream.execute(() -> {
                for (int i = 1; i <= 5; i++) {
                    stream.send(Encoded.text(Bytes.utf8(String.valueOf(i))));
                }
            });
            assertThat(peer.getInputStream().readNBytes(5)).asString().isEqualTo("12345");
            assertThat(counted.count).isEqualTo(before + 1);
        }
        server.close().get(60, TimeUnit.SECONDS);
    }

    /** Records the writes and flushes that reach the socket. */
    private static final class Flushes extends ChannelOutboundHandlerAdapter {
        private volatile int count;

        @Override
        public void flush(ChannelHandlerContext ctx) {
            count = count + 1;
            ctx.flush();
        }
    }
}
