package io.everwire.reactor;

import io.everwire.SocketIoServer;
import io.everwire.netty.NettyOptions;
import io.everwire.netty.SocketIoHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodec;
import reactor.netty.NettyPipeline;

/** Finds the place of the server's handlers in the pipelines that Reactor Netty builds. Called on the event loop. */
final class Pipelines {
    /** The name of the {@link SocketIoHandler} in every pipeline. */
    static final String HANDLER = "everwire.socketIo";

    private static final String GUARD = "everwire.connectionGuard";
    private static final String ALPN = "everwire.alpn";

    private final SocketIoServer server;
    private final NettyOptions options;

    Pipelines(SocketIoServer server, NettyOptions options) {
        this.server = server;
        this.options = options;
    }

    /**
     * Adds the server to the pipeline of a new connection, as soon as its protocol is known.
     *
     * @throws IllegalStateException if Reactor Netty has built a pipeline of another kind
     */
    void connection(ChannelPipeline pipeline) {
        if (pipeline.get(NettyPipeline.H2OrHttp11Codec) != null) {
            pipeline.addAfter(NettyPipeline.H2OrHttp11Codec, ALPN, new AlpnHandler(this));
        } else if (!http11(pipeline) && pipeline.get(Http2FrameCodec.class) == null) {
            throw new IllegalStateException(
                    "everwire-reactor-netty finds neither a codec of HTTP/1.1 nor one of HTTP/2: this version of Reactor Netty "
                            + "builds other pipelines: " + pipeline.names());
        }
    }

    /**
     * Adds the server to a pipeline of HTTP/1.1: directly after the codec, so that no handler of Reactor Netty
     * aggregates, compresses or counts its requests.
     *
     * @return false if the pipeline speaks another protocol
     */
    boolean http11(ChannelPipeline pipeline) {
        ChannelHandlerContext codec = pipeline.context(HttpServerCodec.class);
        if (codec == null) {
            return false;
        }
        pipeline.addAfter(codec.name(), HANDLER, SocketIoHandler.create(server, options));
        pipeline.addAfter(codec.name(), GUARD, new ConnectionGuard());
        return true;
    }

    /**
     * Adds the server to the pipeline of a stream of HTTP/2, before its first frame is read.
     *
     * @throws IllegalStateException if Reactor Netty has built a pipeline of another kind
     */
    void stream(ChannelPipeline pipeline) {
        if (pipeline.get(NettyPipeline.H2ToHttp11Codec) == null) {
            throw new IllegalStateException(
                    "everwire-reactor-netty finds no codec in a stream of HTTP/2: this version of Reactor Netty builds "
                            + "other pipelines: " + pipeline.names());
        }
        pipeline.addAfter(NettyPipeline.H2ToHttp11Codec, HANDLER, SocketIoHandler.create(server, options));
    }
}
