package io.everwire.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** Answers 404 to every request that is not the server's. Used as the application of a port that has none. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline.
final class NotFoundHandler extends SimpleChannelInboundHandler<HttpObject> {
    private static final byte[] TEXT = "Not found\n".getBytes(StandardCharsets.US_ASCII);

    private final NettyOptions options;

    NotFoundHandler(NettyOptions options) {
        this.options = options;
    }

    /** Answers a head at once. A request with a body ends the connection, which saves reading that body. */
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
        if (!(message instanceof HttpRequest request)) {
            return;
        }
        boolean body = HttpUtil.isTransferEncodingChunked(request) || HttpUtil.getContentLength(request, 0L) > 0;
        boolean keepAlive = HttpUtil.isKeepAlive(request) && !body && !HeadRules.changesFraming(request);
        ByteBuf text = HttpMethod.HEAD.equals(request.method()) ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(TEXT);
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NOT_FOUND, text);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, TEXT.length);
        ResponseMessages.setConnection(response, request.protocolVersion(), !keepAlive, options.announcedKeepAlive());
        ctx.writeAndFlush(response);
    }
}
