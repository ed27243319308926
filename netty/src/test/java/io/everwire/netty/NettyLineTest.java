package io.everwire.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.engine.CoarseTimers;
import io.everwire.engine.EngineSession;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.SendOptions;
import io.everwire.testkit.host.EchoServer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages are gathered, large ones are not copied, and all are flushed once. */
class NettyLineTest {
    private static final SendOptions BROADCAST = new SendOptions(false, 2);

    private final EchoServer echo = new EchoServer();
    private final Outlet outlet = new Outlet();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private NettyLine line;
    private EngineSession slot;

    @BeforeEach
    void open() throws Exception {
        NettyOptions options = NettyOptions.DEFAULTS;
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(8, 16));
        channel.pipeline().addLast(outlet, new HttpServerCodec(), new SocketIoHandler(echo.engine(), options, false));
        channel.writeInbound(Unpooled.copiedBuffer(
                "GET /echo/ws HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
                StandardCharsets.US_ASCII));
        line = channel.pipeline().get(WebSocketHandler.class).line();
        slot = echo.session();
        channel.releaseOutbound();
        outlet.clear();
    }

    @AfterEach
    void close() {
        outlet.blocked = false;
        channel.finishAndReleaseAll();
    }

    private static Bytes bytes(int length) {
        return Bytes.of(new byte[length]);
    }

    @Test
    void theAnswerAndTheFirstMessageLeaveInOneFlush() throws Exception {
        channel.close();
        EmbeddedChannel fresh = new EmbeddedChannel(
                new Outlet(), new HttpServerCodec(), new SocketIoHandler(echo.engine(), NettyOptions.DEFAULTS, false));
        fresh.writeInbound(Unpooled.copiedBuffer(
                "GET /echo/ws HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
                StandardCharsets.US_ASCII));
        assertThat(fresh.pipeline().get(Outlet.class).flushes).isEqualTo(1);
        fresh.finishAndReleaseAll();
    }

    @Test
    void smallMessagesLeaveTogether() {
        for (int i = 0; i < 10; i++) {
            line.text(Bytes.utf8("m" + i));
        }
        assertThat(outlet.sizes).isEmpty();
        channel.runPendingTasks();
        assertThat(outlet.sizes).containsExactly(40);
        assertThat(outlet.flushes).isEqualTo(1);
    }

    @Test
    void messagesOfAReadLeaveWhenItEnds() {
        byte[] frame = {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 'x'};
        channel.writeInbound(
                Unpooled.wrappedBuffer(Unpooled.wrappedBuffer(frame.clone()), Unpooled.wrappedBuffer(frame.clone())));
        assertThat(outlet.sizes).containsExactly(6);
        assertThat(outlet.flushes).isEqualTo(1);
    }

    @Test
    void largeMessagesAreNotCopied() {
        Bytes large = bytes(9_000);
        line.binary(bytes(1));
        line.binary(large);
        channel.runPendingTasks();
        assertThat(outlet.sizes).containsExactly(3 + 4, 9_000);
        assertThat(outlet.last.array()).isSameAs(large.array());
    }

    @Test
    void aMessageThatOthersAreSentIsFramedOnce() {
        Bytes news = Bytes.utf8("news");
        NettyEventLoop.of(channel.eventLoop()).frames().repeats(news, 0x81, null);
        line.text(news, BROADCAST);
        ByteBuf frame = NettyEventLoop.of(channel.eventLoop()).frames().frame();
        assertThat(frame).isNotNull();
        assertThat(frame.refCnt()).isEqualTo(2);
        channel.runPendingTasks();
        assertThat(outlet.text).isEqualTo("\u0081\u0004news");
        assertThat(NettyEventLoop.of(channel.eventLoop()).frames().frame()).isNull();
        assertThat(frame.refCnt()).isEqualTo(1);
    }

    @Test
    void ownMessagesLeaveTogetherWithSharedFrames() {
        Bytes news = Bytes.utf8("news");
        NettyEventLoop.of(channel.eventLoop()).frames().repeats(news, 0x81, null);
        line.text(news, BROADCAST);
        line.text(Bytes.utf8("x"));
        line.text(news, BROADCAST);
        line.text(news, BROADCAST);
        channel.runPendingTasks();
        assertThat(outlet.text).isEqualTo("\u0081\u0004news\u0081\u0001x\u0081\u0004news\u0081\u0004news");
        assertThat(outlet.sizes).containsExactly(6 + 3 + 6 + 6);
    }

    @Test
    void largeMessagesAreCopiedOnceIfOthersAreSentThemToo() {
        Bytes large = Bytes.utf8("y".repeat(9_000));
        NettyEventLoop.of(channel.eventLoop()).frames().repeats(large, 0x81, null);
        line.text(large, BROADCAST);
        line.text(large, BROADCAST);
        line.text(Bytes.utf8("x"));
        channel.runPendingTasks();
        assertThat(outlet.sizes).containsExactly(9_004, 9_004, 3);
        String frame = "\u0081\u007e\u0023\u0028" + "y".repeat(9_000);
        assertThat(outlet.text).isEqualTo(frame + frame + "\u0081\u0001x");
    }

    /** B5: the host had a limit of its own, lower than that of the session, and cut packets of several messages. */
    @Test
    void theHostTakesWhatTheSessionSends() {
        outlet.blocked = true;

        for (int i = 0; i < 6; i++) {
            line.binary(bytes(600_000), SendOptions.PLAIN);
        }
        channel.runPendingTasks();

        assertThat(channel.isOpen()).isTrue();
        assertThat(echo.engine().budget().held()).isBetween(3_600_000L, 3_605_000L);
    }

    @Test
    void aPeerThatDoesNotReadIsEvicted() throws Exception {
        outlet.blocked = true;
        int sent = 0;
        while (channel.isOpen() && sent < 1_000) {
            slot.send(Encoded.text(bytes(8_000)));
            channel.runPendingTasks();
            sent++;
        }
        assertThat(sent).as("4 MiB for all clients").isBetween(500, 550);
        assertThat(echo.event()).isEqualTo("closed transport error");
    }

    @Test
    void sharedBytesThatWereReadDoNotReduceLaterQueuedBytes() {
        slot.send(Encoded.text(bytes(9_000)).sharedBy(10));
        channel.runPendingTasks();
        outlet.blocked = true;
        slot.send(Encoded.text(bytes(9_000)));
        channel.runPendingTasks();
        assertThat(echo.engine().budget().held()).isBetween(9_000L, 9_500L);
    }

    @Test
    void readingStopsAndResumes() {
        slot.reading(false);
        assertThat(channel.config().isAutoRead()).isFalse();
        slot.reading(true);
        assertThat(channel.config().isAutoRead()).isTrue();
        line.reading(false);
        line.close(1000);
        assertThat(channel.config().isAutoRead()).isTrue();
        line.reading(false);
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void closingComesLast() {
        line.text(Bytes.utf8("a"));
        line.close(1000);
        line.text(Bytes.utf8("b"));
        line.close(1001);
        channel.runPendingTasks();
        assertThat(outlet.text).isEqualTo("\u0081\u0001a\u0088\u0002\u0003\u00e8");
    }

    /**
     * A peer that violated the protocol and reads nothing would stay: its session, which would miss heartbeats, has
     * ended.
     */
    @Test
    void aLastFrameThatNobodyReadsIsGivenUp() {
        channel.freezeTime();
        outlet.blocked = true;
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {(byte) 0x81, 1, 'x'}));
        assertThat(channel.isOpen()).isTrue();
        channel.advanceTimeBy(
                NettyOptions.DEFAULTS.closeTimeout().toMillis() + CoarseTimers.GRAIN, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void theSessionHearsOfTheEndOnce() throws Exception {
        channel.close();
        channel.pipeline().fireChannelInactive();
        assertThat(echo.event()).isEqualTo("closed transport close");
        line.text(Bytes.utf8("ignored"));
        line.close(1000);
        channel.runPendingTasks();
        assertThat(outlet.sizes).isEmpty();
    }

    @Test
    void eventLoopsHaveOneLoopEach() {
        NettyEventLoop loop = NettyEventLoop.of(channel.eventLoop());
        assertThat(NettyEventLoop.of(channel.eventLoop())).isSameAs(loop).isSameAs(slot.loop());
    }

    /** Records the writes and flushes that reach the socket. */
    private static final class Outlet extends ChannelOutboundHandlerAdapter {
        private final List<Integer> sizes = new ArrayList<>();
        private String text = "";
        private ByteBuf last = Unpooled.EMPTY_BUFFER;
        private int flushes;
        private boolean blocked;

        void clear() {
            sizes.clear();
            text = "";
            flushes = 0;
        }

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            ByteBuf bytes = (ByteBuf) message;
            if (bytes.isReadable()) {
                sizes.add(bytes.readableBytes());
                text += bytes.toString(StandardCharsets.ISO_8859_1);
                last = bytes;
            }
            ctx.write(message, promise);
        }

        @Override
        public void flush(ChannelHandlerContext ctx) {
            flushes++;
            if (!blocked) {
                ctx.flush();
            }
        }
    }
}
