package io.everwire.netty;

import io.everwire.Host;
import io.everwire.testkit.host.EchoServer;
import io.everwire.testkit.host.HostContract;
import io.everwire.testkit.host.HostLimits;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The host contract, kept by the handler in a server that somebody wrote with Netty alone. */
class NettyHandlerHostTest extends HostContract {
    @Override
    protected Host start(EchoServer server, HostLimits limits, int port) throws Exception {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(4, NioIoHandler.newFactory());
        NettyOptions options = NettyServerHostTest.options(limits).build();
        Channel channel = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        addHandlers(channel.pipeline(), new SocketIoHandler(server.engine(), options, false));
                        TestApplication.addTo(channel.pipeline(), server);
                        channel.pipeline().addLast(new Quiet());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .sync()
                .channel();
        return new OwnServer(loops, channel);
    }

    void addHandlers(ChannelPipeline pipeline, SocketIoHandler handler) {
        pipeline.addLast(new HttpServerCodec());
        pipeline.addLast(handler);
    }

    private record OwnServer(EventLoopGroup loops, Channel channel) implements Host {
        @Override
        public InetSocketAddress address() {
            return (InetSocketAddress) channel.localAddress();
        }

        @Override
        public CompletableFuture<Void> close() {
            CompletableFuture<Void> closed = new CompletableFuture<>();
            channel.close();
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).addListener(done -> closed.complete(null));
            return closed;
        }
    }

    /** Ends what the application did not catch. */
    private static final class Quiet extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    // Deviations: whoever owns the port owns its end, and how long it waits for heads.

    /** The pipeline's owner bounds the time that a head may take. */
    @Override
    public void slowHead() {}

    /** Connections end as their owner's server ends them: at once. */
    @Override
    public void closing() {}

    /** See {@link #closing}. */
    @Override
    public void closingWithRequests() {}

    /** See {@link #closing}. */
    @Override
    public void closingAnyway() {}
}
