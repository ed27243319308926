package io.everwire.conformance.hosts;

import io.everwire.Host;
import io.everwire.examples.SpacedMessages;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** A port that passes the bytes of its connections on to a container, unchanged, with {@link SpacedMessages} on the way back. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures in the pipeline
final class SpacingRelay implements Host {
    private final EventLoopGroup loop;
    private final Channel port;
    private final Host container;

    private SpacingRelay(EventLoopGroup loop, Channel port, Host container) {
        this.loop = loop;
        this.port = port;
        this.container = container;
    }

    /** Opens the port; closing the result closes the container, too. */
    static Host open(InetSocketAddress address, Host container, boolean spaced) throws Exception {
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            Channel port = new ServerBootstrap()
                    .group(loop)
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childOption(ChannelOption.AUTO_READ, false)
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel client) {
                            if (spaced) {
                                client.pipeline().addLast(new SpacedMessages());
                            }
                            connect(client, container.address());
                        }
                    })
                    .bind(address)
                    .sync()
                    .channel();
            return new SpacingRelay(loop, port, container);
        } catch (Exception | Error e) {
            loop.shutdownGracefully();
            throw e;
        }
    }

    private static void connect(Channel client, InetSocketAddress container) {
        new Bootstrap()
                .group(client.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel server) {
                        server.pipeline().addLast(new PassOn(client));
                    }
                })
                .connect(container)
                .addListener((ChannelFutureListener) connected -> {
                    if (connected.isSuccess()) {
                        client.pipeline().addLast(new PassOn(connected.channel()));
                        client.config().setAutoRead(true);
                    } else {
                        client.close();
                    }
                });
    }

    @Override
    public InetSocketAddress address() {
        return (InetSocketAddress) port.localAddress();
    }

    @Override
    public CompletableFuture<Void> close() {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        port.close();
        container
                .close()
                .whenComplete((done, failure) -> loop.shutdownGracefully().addListener(shut -> ended.complete(null)));
        return ended;
    }

    /** Passes what one side sends on to the other, and its end. */
    private static final class PassOn extends ChannelInboundHandlerAdapter {
        private final Channel other;

        PassOn(Channel other) {
            this.other = other;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            other.writeAndFlush(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
