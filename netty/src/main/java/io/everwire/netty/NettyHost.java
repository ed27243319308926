package io.everwire.netty;

import io.everwire.HostProvider;
import io.everwire.SocketIoServer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The Netty host and its settings: opens ports with {@link io.everwire.ServerOptions.Builder#host} or {@link
 * SocketIoServer#bind(InetSocketAddress, HostProvider)}. Immutable; one instance may open several ports.
 */
public final class NettyHost implements HostProvider {
    private final NettyOptions options;
    private final @Nullable Consumer<ChannelPipeline> application;
    private final @Nullable SslContext tls;
    private final Routes routes;

    /** Has the default settings. Called by {@link java.util.ServiceLoader}. */
    public NettyHost() {
        this(new Builder());
    }

    private NettyHost(Builder values) {
        this.options = values.options;
        this.application = values.application;
        this.tls = values.tls;
        this.routes = values.routes.build();
    }

    /** Returns a new builder with the default settings. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the application has a version of Netty before 4.2
     */
    @Override
    public NettyServer bind(SocketIoServer server, InetSocketAddress address) throws IOException {
        NettyVersion.check();
        return NettyServer.open(ServerAccess.of(server), this, address);
    }

    /** Returns limits and timeouts. */
    NettyOptions options() {
        return options;
    }

    /** Returns the function that adds the application's handlers, or null. */
    @Nullable
    Consumer<ChannelPipeline> application() {
        return application;
    }

    /** Returns the context for TLS, or null. */
    @Nullable
    SslContext tls() {
        return tls;
    }

    /** Returns the routes and files. */
    Routes routes() {
        return routes;
    }

    /** Builds settings. Every method returns this builder. Used by one thread at a time. */
    public static final class Builder {
        private NettyOptions options = NettyOptions.DEFAULTS;
        private @Nullable Consumer<ChannelPipeline> application;
        private @Nullable SslContext tls;
        private final Routes.Builder routes = new Routes.Builder();

        private Builder() {}

        /** Sets limits and timeouts. Default {@link NettyOptions#DEFAULTS}. */
        public Builder options(NettyOptions value) {
            options = value;
            return this;
        }

        /**
         * Sets a function that adds the application's own handlers to the end of each new connection's pipeline. They
         * receive every request that is neither the server's nor for a route or a file, as {@code HttpRequest} and
         * {@code HttpContent}. Called on the event loop. Default: no handlers; those requests are answered 404.
         */
        public Builder application(Consumer<ChannelPipeline> value) {
            application = value;
            return this;
        }

        /**
         * Speaks only TLS on the port; its requests are then {@link io.everwire.protocol.RequestHead#secure secure}.
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
         * Adds a route: answers the requests with this method and path. HEAD is answered as GET, without the content.
         * Another method is answered 405. Requests of Socket.IO come first, then routes in the order added, then files.
         *
         * @param method GET, POST, PUT, PATCH or DELETE
         * @param path the path without a query, such as {@code /health}, compared as sent; {@code /api/*} stands for
         *     every path that begins with {@code /api/}
         * @throws IllegalArgumentException if the method is another one, or the path does not begin with a slash
         */
        public Builder route(String method, String path, RouteHandler handler) {
            routes.route(method, path, handler);
            return this;
        }

        /**
         * Sets the largest body of a request to a route, in bytes; a larger one is answered 413. 0 to 2<sup>30</sup>;
         * default 64 KiB: anybody may send it.
         */
        public Builder maxRouteBody(int bytes) {
            routes.maxBody(bytes);
            return this;
        }

        /**
         * Adds files: answers GET and HEAD for the paths that begin with {@code path} and name a file.
         *
         * @param path {@code /}, or a path such as {@code /assets}
         * @throws IllegalArgumentException if the path does not begin with a slash
         */
        public Builder files(String path, StaticFiles files) {
            routes.files(path, files);
            return this;
        }

        /** Returns the host. */
        public NettyHost build() {
            return new NettyHost(this);
        }
    }
}
