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
 * A port of its own, with threads of its own. What is not the server's goes to the application's handlers, if there are
 * any, and is answered 404 otherwise.
 *
 * <p>Any thread may call it; it is bound when it exists.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells failures through the pipeline.
public final class NettyServer implements Host {
    /** Below the lower mark a line is writable again, above the higher it no longer is: some messages each way. */
    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    /** One for all connections, with Netty's own bounds; each has its own guess, as before (benchmark idle). */
    private static final AdaptiveRecvByteBufAllocator READS = reads();

    /** The pieces that bodies are handed on in; the size of one read. */
    private static final int MAX_CHUNK = 64 * 1024;

    private final EventLoopGroup loops;
    private final Channel port;
    private final ServerConnections connections;
    private final @Nullable FlashPolicyServer flashPolicy;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CompletableFuture<Void> terminated = new CompletableFuture<>();

    private NettyServer(
            EventLoopGroup loops, Channel port, ServerConnections connections, @Nullable FlashPolicyServer flashPolicy) {
        this.loops = loops;
        this.port = port;
        this.connections = connections;
        this.flashPolicy = flashPolicy;
    }

    /**
     * Binds {@code address} with the default options and no application beside the server.
     *
     * @throws IOException if the address cannot be bound
     */
    public static NettyServer bind(SocketIoServer server, InetSocketAddress address) throws IOException {
        return builder(server).bind(address);
    }

    /** A port for {@code server}, to be described further. */
    public static Builder builder(SocketIoServer server) {
        return builder(server.engine().core());
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
     * <p>Answers that are under way, and close frames, are sent first, for as long as {@link
     * NettyOptions.Builder#closeTimeout} allows. WebSockets that are still open are closed with 1001: sessions that
     * have words of their own for it are closed before their host.
     */
    @Override
    public CompletableFuture<Void> close() {
        if (closed.compareAndSet(false, true)) {
            CompletableFuture<Void> policies =
                    flashPolicy == null ? CompletableFuture.completedFuture(null) : flashPolicy.close();
            port.close().addListener(done -> connections.stop().runAfterBoth(policies, this::shutDown));
        }
        return terminated;
    }

    /** Where Flash is answered on a port of its own, if it is. */
    @Nullable
    FlashPolicyServer flashPolicy() {
        return flashPolicy;
    }

    /** Why {@code address} could not be bound. */
    static IOException cannotListen(InetSocketAddress address, ChannelFuture failed) {
        Throwable cause = failed.cause();
        String reason = cause == null ? "unknown" : String.valueOf(cause.getMessage());
        return new IOException("cannot listen on " + address + ": " + reason, cause);
    }

    private static AdaptiveRecvByteBufAllocator reads() {
        AdaptiveRecvByteBufAllocator reads = new AdaptiveRecvByteBufAllocator();
        // As Netty sets it for the one that a channel makes for itself (ChannelMetadata of sockets).
        reads.maxMessagesPerRead(16);
        return reads;
    }

    private void shutDown() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).addListener(done -> terminated.complete(null));
    }

    /** Describes a port. Every method returns this builder. Not for several threads. */
    public static final class Builder {
        private final Engine engine;
        private NettyOptions options = NettyOptions.DEFAULTS;
        private @Nullable Consumer<ChannelPipeline> application;
        private @Nullable SslContext tls;

        private Builder(Engine engine) {
            this.engine = engine;
        }

        /** Bounds and timings. Default {@link NettyOptions#DEFAULTS}. */
        public Builder options(NettyOptions value) {
            options = value;
            return this;
        }

        /**
         * Adds the application's own handlers to the end of each new connection's pipeline; they are given every
         * request that is not the server's, as {@code HttpRequest} and {@code HttpContent}. Called on the
         * connection's event loop. Default: 404 for all of them.
         */
        public Builder application(Consumer<ChannelPipeline> value) {
            application = value;
            return this;
        }

        /**
         * Speaks TLS on this port, and nothing else; requests are {@link io.everwire.protocol.RequestHead#secure secure} then. Its
         * handshake has {@link NettyOptions.Builder#headTimeout} together with the first request. Default: no TLS.
         *
         * @throws IllegalArgumentException if it is the context of a client
         */
        public Builder tls(SslContext context) {
            if (context.isClient()) {
                throw new IllegalArgumentException(
                        "tls: the context is a client's; make one with SslContextBuilder.forServer");
            }
            tls = context;
            return this;
        }

        /**
         * Opens the port.
         *
         * @throws IOException if the address cannot be bound
         */
        public NettyServer bind(InetSocketAddress address) throws IOException {
            EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                    options.workerThreads(),
                    new DefaultThreadFactory("everwire"),
                    options.transport().loops());
            ServerConnections connections = new ServerConnections(loops, options);
            ChannelFuture bound = bootstrap(loops, connections).bind(address).awaitUninterruptibly();
            if (!bound.isSuccess()) {
                loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
                throw cannotListen(address, bound);
            }
            return new NettyServer(loops, bound.channel(), connections, flashPolicy(bound.channel()));
        }

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
                    .channel(options.transport().channel())
                    // A port is free again at once, though connections of before are still waiting to be forgotten.
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

        private SslHandler tlsHandler(SslContext context, Channel channel) {
            SslHandler handler = context.newHandler(channel.alloc());
            handler.setHandshakeTimeoutMillis(options.headTimeout());
            handler.setCloseNotifyFlushTimeoutMillis(options.closeTimeout());
            return handler;
        }

        private void addHandlers(ChannelPipeline pipeline) {
            SocketIoHandler handler = new SocketIoHandler(engine, options, true);
            if (tls != null) {
                pipeline.addLast(tlsHandler(tls, pipeline.channel()));
            }
            if (options.flashPolicy()) {
                pipeline.addLast(new FlashPolicyHandler(engine, options));
            }
            pipeline.addLast(new ReadActivityHandler(handler));
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
