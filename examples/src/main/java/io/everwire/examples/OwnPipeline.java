package io.everwire.examples;

import io.everwire.SocketIoServer;
import io.everwire.netty.SocketIoHandler;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Adds Everwire to an existing Netty server with one line in its pipeline. Everwire then handles requests under
 * {@code /socket.io}; all others, such as {@code /hello}, reach the handlers of the server.
 */
public final class OwnPipeline {
    private OwnPipeline() {}

    /** Serves port 8080, or the given port (0 for any free port), until it is interrupted. */
    public static void main(String[] args) throws InterruptedException {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 8080;
        SocketIoServer server = SocketIoServer.create();
        server.onConnection(socket -> {
            socket.onMessage(message -> socket.broadcast().send(message));
            socket.send("welcome");
        });
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
        Channel channel = start(loops, server, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, channel), "own-pipeline-stop"));
        port = ((InetSocketAddress) channel.localAddress()).getPort();
        System.out.println("http://127.0.0.1:" + port + "/hello and Socket.IO under /socket.io");
        channel.closeFuture().sync();
        loops.shutdownGracefully().sync();
    }

    /** Starts the server. One line of its pipeline is new. */
    public static Channel start(EventLoopGroup loops, SocketIoServer server, InetSocketAddress address)
            throws InterruptedException {
        return new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpServerCodec());
                        channel.pipeline().addLast(SocketIoHandler.create(server)); // this line is new
                        channel.pipeline().addLast(new HttpObjectAggregator(64 * 1024));
                        channel.pipeline().addLast(new Hello());
                    }
                })
                .bind(address)
                .sync()
                .channel();
    }

    private static void stop(SocketIoServer server, Channel channel) {
        server.close();
        channel.close().awaitUninterruptibly();
    }

    /** Handles the other requests of the server. */
    private static final class Hello extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            boolean hello = request.uri().equals("/hello");
            ByteBuf text = Unpooled.copiedBuffer(hello ? "hello\n" : "not found\n", StandardCharsets.UTF_8);
            FullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, hello ? HttpResponseStatus.OK : HttpResponseStatus.NOT_FOUND, text);
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                    .set(HttpHeaderNames.CONTENT_LENGTH, text.readableBytes());
            boolean keepAlive = HttpUtil.isKeepAlive(request);
            if (!keepAlive) {
                response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            }
            ChannelFuture written = ctx.writeAndFlush(response);
            if (!keepAlive) {
                written.addListener(ChannelFutureListener.CLOSE);
            }
        }
    }
}
