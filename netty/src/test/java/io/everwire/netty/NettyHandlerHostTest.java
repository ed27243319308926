package io.everwire.netty;

import io.everwire.Host;
import io.everwire.testkit.host.Deviation;
import io.everwire.testkit.host.EchoServer;
import io.everwire.testkit.host.HostContract;
import io.everwire.testkit.host.HostLimits;
import io.everwire.testkit.host.HostPage;
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
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs the host contract on a {@link SocketIoHandler} in a server that is written with Netty alone. */
@ExtendWith(HostPage.class)
class NettyHandlerHostTest extends HostContract implements HostPage.Column {
    @Override
    public String column() {
        return "Netty, own pipeline";
    }

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

    /** Closes the connection after an exception that the application did not catch. */
    private static final class Quiet extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    @Deviation("The owner of the pipeline limits the time for a head.")
    @Override
    public void slowHead() {}

    @Deviation("The owner's server closes its connections at once.")
    @Override
    public void closing() {}

    @Deviation("The owner's server closes its connections at once.")
    @Override
    public void closingWithRequests() {}

    @Deviation("The owner's server closes its connections at once.")
    @Override
    public void closingAnyway() {}
}
