package io.everwire.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.testkit.host.EchoServer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Properties of {@link SocketIoHandler} that a pipeline shows without a network. */
class SocketIoHandlerTest {
    private static final String UPGRADE = "GET /echo/ws HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

    private final EchoServer echo = new EchoServer();
    private final Application application = new Application();
    private final SocketIoHandler handler = handler(NettyOptions.DEFAULTS, false);
    private EmbeddedChannel channel = new EmbeddedChannel();

    @AfterEach
    void releaseAll() {
        channel.finishAndReleaseAll();
        application.seen.forEach(ReferenceCountUtil::release);
    }

    private SocketIoHandler handler(NettyOptions options, boolean ownsPort) {
        return new SocketIoHandler(echo.engine(), options, ownsPort);
    }

    private void pipeline(ChannelHandler... handlers) {
        channel = new EmbeddedChannel(handlers);
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

    private static DefaultFullHttpResponse answer(HttpResponseStatus status) {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
    }

    @Test
    void requestsOfTheApplicationPassUnchanged() {
        pipeline(new HttpServerCodec(), handler, application);
        receive("POST /app HTTP/1.1\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n");
        receive("3\r\nabc\r\n0\r\nX-After: t\r\n\r\n");
        assertThat(application.seen).hasSize(3);
        assertThat(((HttpRequest) application.seen.get(0)).headers().get("Expect"))
                .isEqualTo("100-continue");
        assertThat(((HttpContent) application.seen.get(1)).content().refCnt()).isEqualTo(1);
        assertThat(((LastHttpContent) application.seen.get(2)).trailingHeaders().get("X-After"))
                .isEqualTo("t");
        assertThat(sent()).isEmpty();
    }

    @Test
    void anAggregatorMayStandBefore() {
        pipeline(new HttpServerCodec(), new HttpObjectAggregator(1000), handler, application);
        receive("POST /echo/body?9 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
        assertThat(sent()).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\nabc");
        receive("POST /app HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc");
        assertThat(((FullHttpRequest) application.seen.get(0)).refCnt()).isEqualTo(1);
        channel.writeOutbound(answer(HttpResponseStatus.OK));
        receive(UPGRADE);
        assertThat(sent()).contains("101 Switching Protocols").contains("sid ");
        assertThat(channel.pipeline().names())
                .filteredOn(name -> name.contains("WebSocketHandler"))
                .hasSize(1);
    }

    @Test
    void aCodecInTwoPartsIsFoundToo() {
        pipeline(new HttpRequestDecoder(), new HttpResponseEncoder(), handler, application);
        receive(UPGRADE);
        assertThat(sent()).contains("101 Switching Protocols").contains("sid ");
        assertThat(channel.pipeline().get(HttpRequestDecoder.class)).isNull();
        assertThat(channel.pipeline().get(HttpResponseEncoder.class)).isNull();
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 'x'}));
        assertThat(sent()).isEqualTo("\u0081\u0001x");
        assertThat(application.seen).isEmpty();
        channel.close();
        assertThat(application.inactive).isEqualTo(1);
    }

    @Test
    void withoutACodecNothingIsGranted() throws Exception {
        pipeline(new HttpRequestDecoder(), handler);
        receive(UPGRADE);
        assertThat(channel.isOpen()).isFalse();
        assertThat(echo.engine().size()).isZero();
    }

    @Test
    void interimAnswersOfTheApplicationAreNotItsAnswer() {
        pipeline(new HttpServerCodec(), handler, application);
        receive("GET /app HTTP/1.1\r\n\r\nGET /echo/ignore HTTP/1.1\r\n\r\n");
        channel.writeOutbound(answer(HttpResponseStatus.CONTINUE));
        channel.writeOutbound(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.EARLY_HINTS));
        channel.writeOutbound(LastHttpContent.EMPTY_LAST_CONTENT);
        assertThat(sent()).contains("100 Continue").contains("103 Early").doesNotContain("ignored");
        DefaultHttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers().set("Content-Length", 0);
        channel.writeOutbound(head);
        assertThat(sent()).doesNotContain("ignored");
        channel.writeOutbound(LastHttpContent.EMPTY_LAST_CONTENT);
        assertThat(sent()).endsWith("ignored");
    }

    @Test
    void theApplicationTakesItsOwnUpgradesOver() {
        pipeline(new HttpServerCodec(), handler, application);
        receive(UPGRADE.replace("/echo/ws", "/app/ws"));
        assertThat(application.seen).hasSize(2);
        channel.writeOutbound(answer(HttpResponseStatus.SWITCHING_PROTOCOLS));
        assertThat(channel.pipeline().get(SocketIoHandler.class)).isNull();
        assertThat(sent()).contains("101");
    }

    @Test
    void readingPausesWhileRequestsWait() throws Exception {
        NettyOptions options = NettyOptions.builder().maxPipelined(2).build();
        pipeline(new HttpServerCodec(), handler(options, false), application);
        receive("GET /echo/hold HTTP/1.1\r\n\r\nGET /echo/ignore HTTP/1.1\r\n\r\n");
        assertThat(channel.config().isAutoRead()).isTrue();
        receive("GET /echo/ignore HTTP/1.1\r\n\r\n");
        assertThat(channel.config().isAutoRead()).isFalse();
        echo.session().send(Encoded.text(Bytes.utf8("held")));
        assertThat(sent()).contains("held").endsWith("ignored");
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void aFloodOfRequestsEndsTheConnection() throws Exception {
        NettyOptions options = NettyOptions.builder().maxPipelined(1).build();
        pipeline(new HttpServerCodec(), handler(options, false), application);
        receive("GET /echo/hold HTTP/1.1\r\n\r\n" + "GET /echo/ignore HTTP/1.1\r\n\r\n".repeat(50));
        assertThat(channel.isOpen()).isFalse();
        assertThat(echo.event()).isEqualTo("held /echo/hold");
        assertThat(echo.event()).isEqualTo("gone /echo/hold");
    }

    @Test
    void nothingMayFollowAnUpgradeThatHadToWait() throws Exception {
        pipeline(new HttpServerCodec(), handler, application);
        receive("GET /echo/hold HTTP/1.1\r\n\r\n" + UPGRADE + "GET /echo/ignore HTTP/1.1\r\n\r\n");
        echo.session().send(Encoded.text(Bytes.utf8("held")));
        assertThat(sent()).contains("held").doesNotContain("101");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aBodyBeyondAllBoundsIsNotReadPast() {
        NettyOptions options = NettyOptions.builder().maxDiscarded(10).build();
        pipeline(new HttpServerCodec(), handler(options, false), application);
        receive("POST /echo/ignore HTTP/1.1\r\nContent-Length: 10\r\n\r\n0123456789");
        assertThat(sent()).endsWith("ignored");
        assertThat(channel.isOpen()).isTrue();
        receive("POST /echo/ignore HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
        assertThat(sent()).endsWith("ignored");
        receive("b\r\n01234567890\r\n");
        assertThat(channel.isOpen()).isFalse();
        pipeline(new HttpServerCodec(), handler(options, false), application);
        receive("POST /echo/ignore HTTP/1.1\r\nContent-Length: 11\r\n\r\n");
        assertThat(sent()).contains("connection: close").endsWith("ignored");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aPortBoundsTheNumberOfHeaders() {
        NettyOptions options = NettyOptions.builder().maxHeaderCount(8).build();
        pipeline(new HttpServerCodec(), handler(options, true), application);
        receive("GET /app HTTP/1.1\r\n" + "X: 1\r\n".repeat(9) + "\r\n");
        assertThat(sent()).startsWith("HTTP/1.1 431 ");
        assertThat(channel.isOpen()).isFalse();
        assertThat(application.seen).isEmpty();
    }

    @Test
    void oneThreadServesOneChannel() throws Exception {
        ChannelHandlerContext elsewhere = (ChannelHandlerContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ChannelHandlerContext.class}, (proxy, method, args) -> {
                    return method.getName().equals("channel") ? channel : ImmediateEventExecutor.INSTANCE;
                });
        assertThatThrownBy(() -> handler.handlerAdded(elsewhere))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("event loop");
        handler.handlerRemoved(elsewhere);
    }

    /** Records the messages that reach the application. */
    private static final class Application extends ChannelInboundHandlerAdapter {
        private final List<Object> seen = new ArrayList<>();
        private int inactive;

        @Override
        public boolean isSharable() {
            return true;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            seen.add(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            inactive++;
        }
    }
}
