package io.everwire.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;

/** Adds the handlers of a port to the pipelines of its connections. Any thread may call it. */
final class PortPipeline {
    /** The largest piece of a body that the codec passes on: the size of one read. */
    private static final int MAX_CHUNK = 64 * 1024;

    private final ServerAccess server;
    private final NettyHost host;
    private final NettyOptions options;
    private final FileThreads fileThreads;

    PortPipeline(ServerAccess server, NettyHost host, FileThreads fileThreads) {
        this.server = server;
        this.host = host;
        this.options = host.options();
        this.fileThreads = fileThreads;
    }

    /** Adds the handlers in the order that the package description shows. */
    void addTo(ChannelPipeline pipeline) {
        SocketIoHandler handler = new SocketIoHandler(server.engine(), options, true);
        SslContext tls = host.tls();
        if (tls != null) {
            pipeline.addLast(tlsHandler(tls, pipeline.channel()));
        }
        if (options.flashPolicy()) {
            pipeline.addLast(new FlashPolicyHandler(server.engine(), options));
        }
        pipeline.addLast(new ReadActivityHandler(handler::connection));
        pipeline.addLast(new HttpServerCodec(new HttpDecoderConfig()
                .setMaxInitialLineLength(options.maxRequestLine())
                .setMaxHeaderSize(options.maxHeaderBytes())
                .setMaxChunkSize(MAX_CHUNK)
                // Netty's defaults, unless system properties change them.
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true)));
        pipeline.addLast(handler);
        if (!host.routes().isEmpty()) {
            pipeline.addLast(new RoutesHandler(host.routes(), options, server, fileThreads));
        }
        if (host.application() == null) {
            pipeline.addLast(new NotFoundHandler(options));
        } else {
            host.application().accept(pipeline);
        }
        pipeline.addLast(TailHandler.INSTANCE);
    }

    /** Creates a handler that needs no timeouts but those of {@link NettyOptions}. */
    private SslHandler tlsHandler(SslContext context, Channel channel) {
        SslHandler handler = context.newHandler(channel.alloc());
        handler.setHandshakeTimeoutMillis(options.headTimeout().toMillis());
        handler.setCloseNotifyFlushTimeoutMillis(options.closeTimeout().toMillis());
        return handler;
    }
}
