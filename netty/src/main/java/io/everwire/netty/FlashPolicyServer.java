package io.everwire.netty;

import io.everwire.Host;
import io.everwire.HostContext;
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
 * A port that serves the Flash policy: the pages that may connect to this machine, which are those of the server's
 * {@code origins}. Sends the policy to every peer at once, without reading a request, and closes the connection: no
 * peer can occupy more of it. Has one event loop. A {@link NettyServer} opens one by
 * {@link NettyOptions.Builder#flashPolicyPort}.
 *
 * <p>Any thread may call it. An instance is bound from its creation until {@link #close}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline.
public final class FlashPolicyServer implements Host {
    /** The port that Flash asks first, whichever port it connects to afterwards. */
    public static final int PORT = 843;

    private static final Logger log = LoggerFactory.getLogger(FlashPolicyServer.class);

    private final @Nullable HostContext context;
    private final EventLoopGroup loops;
    private final Channel port;
    private final ServerConnections connections;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CompletableFuture<Void> terminated = new CompletableFuture<>();

    private FlashPolicyServer(
            @Nullable HostContext context, EventLoopGroup loops, Channel port, ServerConnections connections) {
        this.context = context;
        this.loops = loops;
        this.port = port;
        this.connections = connections;
    }

    /**
     * Binds {@code address} and serves the policy of {@code server}, which closes the port when it is closed.
     *
     * @throws IOException if it cannot be bound; {@link #PORT} takes privileges on most systems
     * @throws IllegalStateException if the server is closed
     */
    public static FlashPolicyServer bind(SocketIoServer server, InetSocketAddress address) throws IOException {
        HostContext context = server.unwrap(HostContext.class);
        FlashPolicyServer opened = bind(context, server.unwrap(Engine.class), NettyOptions.DEFAULTS, address);
        try {
            context.opened(opened);
        } catch (IllegalStateException closedServer) {
            opened.close();
            throw closedServer;
        }
        return opened;
    }

    /** Binds {@code address}. Logs a warning and returns null if it cannot be bound. */
    static @Nullable FlashPolicyServer bindIfAllowed(Engine engine, NettyOptions options, InetSocketAddress address) {
        try {
            return bind(null, engine, options, address);
        } catch (IOException e) {
            log.warn("the Flash policy has no port of its own: {}", LogSanitizer.of(e.getMessage()));
            return null;
        }
    }

    /** Binds {@code address} and serves the policy of {@code engine}. {@code context} is notified when the port is closed. */
    static FlashPolicyServer bind(
            @Nullable HostContext context, Engine engine, NettyOptions options, InetSocketAddress address)
            throws IOException {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                1,
                new DefaultThreadFactory("everwire-policy"),
                options.ioBackend().loops());
        ServerConnections connections = new ServerConnections(loops, options, engine);
        byte[] policy = FlashPolicy.of(engine.options().origins());
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(options.ioBackend().channel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, options.backlog())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (connections.admit(channel)) {
                            channel.pipeline().addLast(new PolicySender(policy, options));
                        }
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw NettyServer.cannotListen(address, bound);
        }
        return new FlashPolicyServer(context, loops, bound.channel(), connections);
    }

    @Override
    public String description() {
        return "only the policy for Flash";
    }

    @Override
    public InetSocketAddress address() {
        return (InetSocketAddress) port.localAddress();
    }

    /** {@inheritDoc} Policies that are being sent may still leave, within {@link NettyOptions.Builder#closeTimeout}. */
    @Override
    public CompletableFuture<Void> close() {
        if (closed.compareAndSet(false, true)) {
            port.close().addListener(done -> connections.close().thenRun(this::shutDown));
        }
        return terminated;
    }

    private void shutDown() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).addListener(done -> {
            if (context != null) {
                context.closed(this);
            }
            terminated.complete(null);
        });
    }

    /** Sends the policy to one peer. */
    private static final class PolicySender extends ChannelInboundHandlerAdapter {
        private final byte[] policy;
        private final NettyOptions options;

        PolicySender(byte[] policy, NettyOptions options) {
            this.policy = policy;
            this.options = options;
        }

        /**
         * Lingers, so that the request that Flash sends nevertheless is discarded: unread, it could destroy the policy.
         */
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
