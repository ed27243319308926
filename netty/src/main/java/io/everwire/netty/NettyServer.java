package io.everwire.netty;

import io.everwire.Host;
import io.everwire.SocketIoServer;
import io.everwire.engine.Engine;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A TCP port with its own event loops. Requests that are not the server's are passed to the application's handlers, or
 * answered 404 if the application has none.
 *
 * <p>Any thread may call it. An instance is bound from its creation until {@link #close}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline.
public final class NettyServer implements Host {
    /**
     * A WebSocket is unwritable above the high mark, and writable again below the low mark: some messages lie between
     * them.
     */
    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    /**
     * One allocator for all connections, with Netty's own limits; the guess of each connection is its own (benchmark
     * idle).
     */
    private static final AdaptiveRecvByteBufAllocator READS = reads();

    private final ServerAccess server;
    private final EventLoopGroup loops;
    private final FileThreads fileThreads;
    private final Channel port;
    private final String description;
    private final ServerConnections connections;
    private final @Nullable FlashPolicyServer flashPolicy;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CompletableFuture<Void> terminated = new CompletableFuture<>();

    private NettyServer(
            ServerAccess server,
            EventLoopGroup loops,
            FileThreads fileThreads,
            Channel port,
            String description,
            ServerConnections connections,
            @Nullable FlashPolicyServer flashPolicy) {
        this.server = server;
        this.loops = loops;
        this.fileThreads = fileThreads;
        this.port = port;
        this.description = description;
        this.connections = connections;
        this.flashPolicy = flashPolicy;
    }

    /** Returns a new builder of a port for {@code server}. The same as {@link NettyHost#builder} and a bind. */
    public static Builder builder(SocketIoServer server) {
        NettyVersion.check();
        return new Builder(ServerAccess.of(server));
    }

    static Builder builder(Engine engine) {
        return new Builder(new ServerAccess(engine, null));
    }

    /**
     * Opens the port, and the one of {@link NettyOptions.Builder#flashPolicyPort} if that is set and can be bound.
     *
     * @throws IOException if the address cannot be bound
     * @throws IllegalStateException if the server is closed
     */
    static NettyServer open(ServerAccess server, NettyHost host, InetSocketAddress address) throws IOException {
        NettyOptions options = host.options();
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                options.workerThreads(),
                new DefaultThreadFactory("everwire"),
                options.ioBackend().loops());
        ServerConnections connections = new ServerConnections(loops, options, server.engine());
        connections.registerLoops(server.engine());
        FileThreads fileThreads = new FileThreads();
        PortPipeline pipeline = new PortPipeline(server, host, fileThreads);
        ChannelFuture bound =
                bootstrap(loops, options, connections, pipeline).bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw cannotListen(address, bound);
        }
        Channel port = bound.channel();
        NettyServer opened = new NettyServer(
                server, loops, fileThreads, port, description(host), connections, flashPolicy(server, options, port));
        opened.register();
        return opened;
    }

    private static String description(NettyHost host) {
        String backend = host.options().ioBackend().resolve().name().toLowerCase(Locale.ROOT);
        return "Netty with " + backend + (host.tls() == null ? ", no TLS" : ", TLS");
    }

    private void register() {
        if (server.context() != null) {
            try {
                server.context().opened(this);
            } catch (IllegalStateException closedServer) {
                close();
                throw closedServer;
            }
        }
    }

    /** Opens the port for Flash at the same address; returns null if it is not wanted or cannot be bound. */
    private static @Nullable FlashPolicyServer flashPolicy(ServerAccess server, NettyOptions options, Channel port) {
        InetAddress address = ((InetSocketAddress) port.localAddress()).getAddress();
        return options.flashPolicyPort() < 0
                ? null
                : FlashPolicyServer.bindIfAllowed(
                        server.engine(), options, new InetSocketAddress(address, options.flashPolicyPort()));
    }

    private static ServerBootstrap bootstrap(
            EventLoopGroup loops, NettyOptions options, ServerConnections connections, PortPipeline pipeline) {
        return new ServerBootstrap()
                .group(loops)
                .channel(options.ioBackend().channel())
                // A restarted server can bind its port although connections of the old process are in TIME_WAIT.
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, options.backlog())
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, READS)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (connections.admit(channel)) {
                            pipeline.addTo(channel.pipeline());
                        }
                    }
                });
    }

    @Override
    public InetSocketAddress address() {
        return (InetSocketAddress) port.localAddress();
    }

    @Override
    public String description() {
        return description;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Current responses and close frames are sent first, within {@link NettyOptions.Builder#closeTimeout}.
     * WebSockets that are still open are closed with 1001; a server closes its sessions before its hosts, each in the
     * way of its generation.
     */
    @Override
    public CompletableFuture<Void> close() {
        if (closed.compareAndSet(false, true)) {
            CompletableFuture<Void> policies =
                    flashPolicy == null ? CompletableFuture.completedFuture(null) : flashPolicy.close();
            port.close().addListener(done -> connections.close().runAfterBoth(policies, this::shutDown));
        }
        return terminated;
    }

    /** Returns the port that serves Flash its policy, or null if none was opened. */
    @Nullable
    FlashPolicyServer flashPolicy() {
        return flashPolicy;
    }

    /** Returns the exception for a failed bind, with the address in its message. */
    static IOException cannotListen(InetSocketAddress address, ChannelFuture failed) {
        Throwable cause = failed.cause();
        String reason = cause == null ? "unknown" : String.valueOf(cause.getMessage());
        return new IOException("cannot listen on " + address + ": " + reason, cause);
    }

    private static AdaptiveRecvByteBufAllocator reads() {
        AdaptiveRecvByteBufAllocator reads = new AdaptiveRecvByteBufAllocator();
        // The value that Netty sets on the allocator which a channel creates by itself (ChannelMetadata of sockets).
        reads.maxMessagesPerRead(16);
        return reads;
    }

    private void shutDown() {
        fileThreads.shutdown();
        // Their timers end with the event loops. Polling clients have no connection that closed.
        connections.endSessions(server.engine());
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).addListener(done -> {
            if (server.context() != null) {
                server.context().closed(this);
            }
            terminated.complete(null);
        });
    }

    /** Collects the properties of a port. Every method returns this builder. Used by one thread at a time. */
    public static final class Builder {
        private final ServerAccess server;
        private final NettyHost.Builder host = NettyHost.builder();

        private Builder(ServerAccess server) {
            this.server = server;
        }

        /** See {@link NettyHost.Builder#options}. */
        public Builder options(NettyOptions value) {
            host.options(value);
            return this;
        }

        /** See {@link NettyHost.Builder#application}. */
        public Builder application(Consumer<ChannelPipeline> value) {
            host.application(value);
            return this;
        }

        /** See {@link NettyHost.Builder#tls}. */
        public Builder tls(SslContext context) {
            host.tls(context);
            return this;
        }

        /**
         * Opens the port. {@link SocketIoServer#close} closes it.
         *
         * @throws IOException if the address cannot be bound
         * @throws IllegalStateException if the server is closed
         */
        public NettyServer bind(InetSocketAddress address) throws IOException {
            return open(server, host.build(), address);
        }
    }
}
