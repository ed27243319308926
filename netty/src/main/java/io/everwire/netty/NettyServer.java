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
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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

    /** The largest piece of a body that the codec passes on: the size of one read. */
    private static final int MAX_CHUNK = 64 * 1024;

    private final EventLoopGroup loops;
    private final Channel port;
    private final ServerConnections connections;
    private final @Nullable FlashPolicyServer flashPolicy;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CompletableFuture<Void> terminated = new CompletableFuture<>();

    private NettyServer(
            EventLoopGroup loops,
            Channel port,
            ServerConnections connections,
            @Nullable FlashPolicyServer flashPolicy) {
        this.loops = loops;
        this.port = port;
        this.connections = connections;
        this.flashPolicy = flashPolicy;
    }

    /**
     * Binds {@code address} with {@link NettyOptions#DEFAULTS} and without an application.
     *
     * @throws IOException if the address cannot be bound
     */
    public static NettyServer bind(SocketIoServer server, InetSocketAddress address) throws IOException {
        return builder(server).bind(address);
    }

    /** Returns a new builder of a port for {@code server}. */
    public static Builder builder(SocketIoServer server) {
        return builder(server.unwrap(Engine.class));
    }

    static Builder builder(Engine engine) {
        return new Builder(engine);
    }

    @Override
    public InetSocketAddress address() {
        return (InetSocketAddress) port.localAddress();
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
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).addListener(done -> terminated.complete(null));
    }

    /** Collects the properties of a port. Every method returns this builder. Used by one thread at a time. */
    public static final class Builder {
        private final Engine engine;
        private NettyOptions options = NettyOptions.DEFAULTS;
        private @Nullable Consumer<ChannelPipeline> application;
        private @Nullable SslContext tls;

        private Builder(Engine engine) {
            this.engine = engine;
        }

        /** Sets limits and timeouts. Default {@link NettyOptions#DEFAULTS}. */
        public Builder options(NettyOptions value) {
            options = value;
            return this;
        }

        /**
         * Sets a function that adds the application's own handlers to the end of each new connection's pipeline. They
         * receive every request that is not the server's, as {@code HttpRequest} and {@code HttpContent}. Called on the
         * event loop. Default: no handlers; those requests are answered 404.
         */
        public Builder application(Consumer<ChannelPipeline> value) {
            application = value;
            return this;
        }

        /**
         * Speaks only TLS on this port; its requests are then {@link io.everwire.protocol.RequestHead#secure secure}.
         * {@link NettyOptions.Builder#headTimeout} limits the handshake together with the first request. Default: no
         * TLS.
         *
         * @throws IllegalArgumentException if {@code context} is a client's
         */
        public Builder tls(SslContext context) {
            if (context.isClient()) {
                throw new IllegalArgumentException(
                        "tls: the context is a client's; create one with SslContextBuilder.forServer");
            }
            tls = context;
            return this;
        }

        /**
         * Opens the port, and the one of {@link NettyOptions.Builder#flashPolicyPort} if that is set and can be bound.
         *
         * @throws IOException if the address cannot be bound
         */
        public NettyServer bind(InetSocketAddress address) throws IOException {
            EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                    options.workerThreads(),
                    new DefaultThreadFactory("everwire"),
                    options.ioBackend().loops());
            ServerConnections connections = new ServerConnections(loops, options);
            connections.registerLoops(engine);
            ChannelFuture bound = bootstrap(loops, connections).bind(address).awaitUninterruptibly();
            if (!bound.isSuccess()) {
                loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
                throw cannotListen(address, bound);
            }
            return new NettyServer(loops, bound.channel(), connections, flashPolicy(bound.channel()));
        }

        /** Opens the port for Flash at the same address; returns null if it is not wanted or cannot be bound. */
        private @Nullable FlashPolicyServer flashPolicy(Channel port) {
            InetAddress address = ((InetSocketAddress) port.localAddress()).getAddress();
            return options.flashPolicyPort() < 0
                    ? null
                    : FlashPolicyServer.bindIfAllowed(
                            engine, options, new InetSocketAddress(address, options.flashPolicyPort()));
        }

        private ServerBootstrap bootstrap(EventLoopGroup loops, ServerConnections connections) {
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
                                addHandlers(channel.pipeline());
                            }
                        }
                    });
        }

        /** Creates a handler that needs no timeouts but those of {@link NettyOptions}. */
        private SslHandler tlsHandler(SslContext context, Channel channel) {
            SslHandler handler = context.newHandler(channel.alloc());
            handler.setHandshakeTimeoutMillis(options.headTimeout().toMillis());
            handler.setCloseNotifyFlushTimeoutMillis(options.closeTimeout().toMillis());
            return handler;
        }

        /** Adds the handlers in the order that the package description shows. */
        private void addHandlers(ChannelPipeline pipeline) {
            SocketIoHandler handler = new SocketIoHandler(engine, options, true);
            if (tls != null) {
                pipeline.addLast(tlsHandler(tls, pipeline.channel()));
            }
            if (options.flashPolicy()) {
                pipeline.addLast(new FlashPolicyHandler(engine, options));
            }
            pipeline.addLast(new ReadActivityHandler(handler::connection));
            pipeline.addLast(new HttpServerCodec(new HttpDecoderConfig()
                    .setMaxInitialLineLength(options.maxRequestLine())
                    .setMaxHeaderSize(options.maxHeaderBytes())
                    .setMaxChunkSize(MAX_CHUNK)));
            pipeline.addLast(handler);
            if (application == null) {
                pipeline.addLast(new NotFoundHandler(options));
            } else {
                application.accept(pipeline);
            }
            pipeline.addLast(TailHandler.INSTANCE);
        }
    }
}
