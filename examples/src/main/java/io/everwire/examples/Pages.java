package io.everwire.examples;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
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
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Serves the pages of the demo. This handler is independent of Socket.IO. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures in the pipeline
@ChannelHandler.Sharable
final class Pages extends SimpleChannelInboundHandler<HttpObject> {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String SELF = "default-src 'self'; connect-src 'self' ws: wss:";

    private final Map<String, Page> pages = new HashMap<>();

    Pages() {
        add("/", "index.html", HTML, SELF);
        add("/chat.css", "chat.css", "text/css; charset=utf-8", SELF);
        add("/chat.js", "chat.js", "text/javascript; charset=utf-8", SELF);
        // Client 0.6 creates a function from text while it loads.
        add("/2010.html", "2010.html", HTML, SELF + "; script-src 'self' 'unsafe-eval'");
        add("/2010.css", "2010.css", "text/css; charset=utf-8", SELF);
        add("/2010.js", "2010.js", "text/javascript; charset=utf-8", SELF);
        add("/2010-browser.js", "2010-browser.js", "text/javascript; charset=utf-8", SELF);
        add("/server-events.html", "server-events.html", HTML, SELF);
        add("/server-events.js", "server-events.js", "text/javascript; charset=utf-8", SELF);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
        if (part instanceof HttpRequest request) {
            FullHttpResponse response = answer(request);
            HttpUtil.setContentLength(response, response.content().readableBytes());
            boolean keep = HttpUtil.isKeepAlive(request);
            HttpUtil.setKeepAlive(response, keep);
            if (keep) {
                ctx.writeAndFlush(response);
            } else {
                ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
            }
        }
    }

    private FullHttpResponse answer(HttpRequest request) {
        boolean read =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        int query = request.uri().indexOf('?');
        String path = query < 0 ? request.uri() : request.uri().substring(0, query);
        Page page = pages.get(path);
        if (path.equals("/favicon.ico")) {
            return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT);
        }
        if (page == null || !read) {
            return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NOT_FOUND);
        }
        ByteBuf body = Unpooled.wrappedBuffer(page.body);
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, page.type)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                .set("Content-Security-Policy", page.policy)
                .set("X-Content-Type-Options", "nosniff");
        return response;
    }

    private void add(String path, String file, String type, String policy) {
        try (@Nullable InputStream in = Pages.class.getResourceAsStream("/web/" + file)) {
            if (in == null) {
                throw new IOException("the page " + file + " is not in the jar");
            }
            pages.put(path, new Page(in.readAllBytes(), type, policy));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Page(byte[] body, String type, String policy) {}
}
