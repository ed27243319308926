package io.everwire.conformance.clients;

import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.netty.NettyServer;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A server on a free port of loopback, with an application of a few pages behind it. */
public final class Site implements AutoCloseable {
    /** All client files. */
    public static final String[] CLIENTS = {"4.8.4", "2.5.0", "1.7.4", "0.9.17", "0.6.3", "0.6.2", "0.6.1", "0.6"};

    private static final Page NONE = new Page("", StandardCharsets.UTF_8);

    private final SocketIoServer server;
    private final NettyServer netty;
    private final Map<String, Page> pages = new HashMap<>();

    private record Page(String html, Charset charset) {}

    public Site(ServerOptions options) throws Exception {
        this(options, 0);
    }

    public Site(ServerOptions options, int port) throws Exception {
        this(SocketIoServer.create(options), port);
    }

    public Site(SocketIoServer server, int port) throws Exception {
        this.server = server;
        Application application = new Application();
        netty = NettyServer.builder(server)
                .application(pipeline -> pipeline.addLast(application))
                .bind(new InetSocketAddress("127.0.0.1", port));
    }

    public SocketIoServer server() {
        return server;
    }

    public String url(String path) {
        return "http://127.0.0.1:" + netty.address().getPort() + path;
    }

    public int port() {
        return netty.address().getPort();
    }

    /** Adds a page at a path and returns its address. */
    public String page(String path, String html) {
        return page(path, html, StandardCharsets.UTF_8);
    }

    /** Adds a page in a charset at a path and returns its address. */
    public String page(String path, String html, Charset charset) {
        pages.put(path, new Page(html, charset));
        return url(path);
    }

    @Override
    public void close() {
        server.close();
        netty.close().join();
    }

    @ChannelHandler.Sharable
    private final class Application extends SimpleChannelInboundHandler<HttpObject> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
            if (part instanceof HttpRequest request) {
                Page page = pages.getOrDefault(request.uri(), NONE);
                byte[] body = page.html().getBytes(page.charset());
                DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        page == NONE ? HttpResponseStatus.NOT_FOUND : HttpResponseStatus.OK,
                        Unpooled.wrappedBuffer(body));
                response.headers()
                        .set(HttpHeaderNames.CONTENT_TYPE, "text/html; charset=" + page.charset())
                        .set(HttpHeaderNames.CONTENT_LENGTH, body.length);
                ctx.writeAndFlush(response);
            }
        }
    }
}
