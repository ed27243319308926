package io.everwire.netty;

import io.everwire.testkit.host.EchoServer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.nio.charset.StandardCharsets;

/** The application that the host contract expects behind a host, written with Netty. */
final class TestApplication {
    private TestApplication() {}

    static void addTo(ChannelPipeline pipeline, EchoServer echo) {
        pipeline.addLast(new HttpObjectAggregator(1024 * 1024));
        pipeline.addLast(new WebSocketServerProtocolHandler("/app/ws"));
        pipeline.addLast(new WebSocketEcho());
        pipeline.addLast(new Requests(echo));
    }

    private static final class WebSocketEcho extends SimpleChannelInboundHandler<TextWebSocketFrame> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, TextWebSocketFrame frame) {
            ctx.writeAndFlush(new TextWebSocketFrame(frame.text()));
        }
    }

    private static final class Requests extends SimpleChannelInboundHandler<FullHttpRequest> {
        private final EchoServer echo;

        Requests(EchoServer echo) {
            this.echo = echo;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            switch (request.method() + " " + request.uri()) {
                case "GET /app/hello" -> answer(ctx, HttpResponseStatus.OK, text("hello"));
                case "POST /app/echo" ->
                    answer(ctx, HttpResponseStatus.OK, request.content().retain());
                case "GET /app/later" ->
                    echo.later().thenAcceptAsync(text -> answer(ctx, HttpResponseStatus.OK, text(text)));
                default -> answer(ctx, HttpResponseStatus.NOT_FOUND, text("nothing here"));
            }
        }

        private static ByteBuf text(String text) {
            return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
        }

        private static void answer(ChannelHandlerContext ctx, HttpResponseStatus status, ByteBuf body) {
            FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
            ctx.writeAndFlush(response);
        }
    }
}
