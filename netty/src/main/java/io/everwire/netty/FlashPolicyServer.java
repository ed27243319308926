package io.everwire.netty;

import io.everwire.Host;
import io.everwire.SocketIoServer;
import io.everwire.engine.Engine;
import io.everwire.engine.LogSanitizer;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port on which Flash learns which pages may connect to this machine: those of the server's {@code origins}. Whoever
 * connects is told at once, without being asked for a request, and the connection ends: what Flash does there is bounded
 * by that alone. Has one thread. A {@link NettyServer} opens one by {@link NettyOptions.Builder#flashPolicyPort}.
 *
 * <p>Any thread may call it; it is bound when it exists.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells failures through the pipeline.
public final class FlashPolicyServer implements Host {
    /** Where Flash asks first, whatever port it wants to connect to. */
    public static final int PORT = 843;

    private static final Logger log = LoggerFactory.getLogger(FlashPolicyServer.class);

    private final EventLoopGroup loops;
    private final Channel port;
    private final ServerConnections connections;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CompletableFuture<Void> terminated = new CompletableFuture<>();

    private FlashPolicyServer(EventLoopGroup loops, Channel port, ServerConnections connections) {
        this.loops = loops;
        this.port = port;
        this.connections = connections;
    }

    /**
     * Binds {@code address}.
     *
     * @throws IOException if it cannot be bound, as without privileges {@link #PORT} cannot
     */
    public static FlashPolicyServer bind(SocketIoServer server, InetSocketAddress address) throws IOException {
        return bind(server.engine().core(), NettyOptions.DEFAULTS, address);
    }

    /** Binds {@code address}; if that cannot be done, a line is logged. */
    static @Nullable FlashPolicyServer bindIfAllowed(Engine engine, NettyOptions options, InetSocketAddress address) {
        try {
            return bind(engine, options, address);
        } catch (IOException e) {
            log.warn("Flash is not told its policy on a port of its own: {}", LogSanitizer.of(e.getMessage()));
            return null;
        }
    }

    static FlashPolicyServer bind(Engine engine, NettyOptions options, InetSocketAddress address) throws IOException {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                1,
                new DefaultThreadFactory("everwire-policy"),
                options.transport().loops());
        ServerConnections connections = new ServerConnections(loops, options);
        byte[] policy = FlashPolicy.of(engine.options().origins());
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(options.transport().channel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, options.backlog())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (connections.admit(channel)) {
                            channel.pipeline().addLast(new Answer(policy, options));
                        }
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw NettyServer.cannotListen(address, bound);
        }
        return new FlashPolicyServer(loops, bound.channel(), connections);
    }

    @Override
    public InetSocketAddress address() {
        return (InetSocketAddress) port.localAddress();
    }

    @Override
    public CompletableFuture<Void> close() {
        if (closed.compareAndSet(false, true)) {
            port.close().addListener(done -> connections.stop().thenRun(this::shutDown));
        }
        return terminated;
    }

    private void shutDown() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).addListener(done -> terminated.complete(null));
    }

    /** Tells one peer. */
    private static final class Answer extends ChannelInboundHandlerAdapter {
        private final byte[] policy;
        private final NettyOptions options;

        Answer(byte[] policy, NettyOptions options) {
            this.policy = policy;
            this.options = options;
        }

        /** The request that comes, or came, is read past, for unread it would cost the answer. */
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            LingeringClose.close(ctx.channel(), ctx.writeAndFlush(Unpooled.wrappedBuffer(policy)), options);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            log.debug("connection closed: {}", LogSanitizer.of(cause));
            ctx.close();
        }
    }
}
