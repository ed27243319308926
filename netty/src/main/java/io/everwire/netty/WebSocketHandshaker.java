package io.everwire.netty;

import io.everwire.engine.EngineOptions;
import io.everwire.engine.EngineSession;
import io.everwire.engine.frames.MessageDeflate;
import io.everwire.engine.frames.WebSocketHandshake;
import io.everwire.protocol.RequestHead;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns an HTTP connection into a WebSocket: sends the response and exchanges the handlers, in the one order that
 * works. Called on the event loop.
 *
 * <p>The pipeline's order of removal is forced by Netty 4.2. The codec's encoder must be removed before the session
 * sends its first frame: to the encoder a frame is no part of a response, and is lost. The codec's decoder must be
 * removed last: on its removal it passes on what it has read beyond the request
 * ({@code ByteToMessageDecoder.handlerRemoved}), which are the first frames.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline.
final class WebSocketHandshaker {
    /** The server's other handlers for HTTP. Those of the application stay, to receive {@code channelInactive}. */
    private static final List<Class<? extends ChannelHandler>> HTTP_HANDLERS =
            List.of(ReadActivityHandler.class, NotFoundHandler.class, TailHandler.class);

    private WebSocketHandshaker() {}

    /**
     * Sends the part of the response that must not wait for the rest of the request: the head of hixie-76. Does nothing
     * for other versions, or if it was sent before.
     *
     * @return false if the keys of hixie-76 are invalid and the connection must be aborted; then nothing was sent
     */
    static boolean begin(NettyExchange exchange, HttpResponseWriter writer) {
        RequestHead head = exchange.head();
        if (exchange.responseBegun() || !head.draft() || HixieHandshake.version(head) != HixieEncoder.HIXIE_76) {
            return true;
        }
        if (!HixieHandshake.hasValidKeys(head)) {
            return false;
        }
        exchange.upgradeBegun();
        writer.sendPiece(HixieHandshake.head76(head));
        return true;
    }

    /**
     * Completes the upgrade of a request that has arrived completely. Closes the connection instead if the pipeline has
     * no HTTP codec, or if the connection closed meanwhile.
     *
     * @param ctx the context of the {@link SocketIoHandler}, which is removed
     * @param session notified of the new line
     */
    static void complete(
            ChannelHandlerContext ctx,
            NettyExchange exchange,
            EngineSession session,
            EngineOptions engine,
            NettyOptions options) {
        ChannelPipeline pipeline = ctx.pipeline();
        ChannelHandlerContext codec = lastOfCodec(pipeline);
        if (codec == null || !ctx.channel().isActive()) {
            exchange.connectionClosed();
            ctx.close();
            return;
        }
        ctx.channel().config().setAutoRead(true);
        if (exchange.head().draft()) {
            completeHixie(codec, exchange, session, engine, options);
        } else {
            completeRfc6455(codec, exchange, session, engine, options);
        }
        HTTP_HANDLERS.forEach(type -> remove(pipeline, type));
        pipeline.remove(ctx.handler());
        remove(pipeline, HttpServerCodec.class);
        remove(pipeline, HttpRequestDecoder.class);
    }

    /**
     * Sends the response without the encoder, as text: it leaves in one flush with the first packets of the session.
     */
    private static void completeRfc6455(
            ChannelHandlerContext codec,
            NettyExchange exchange,
            EngineSession session,
            EngineOptions engine,
            NettyOptions options) {
        ChannelPipeline pipeline = codec.pipeline();
        String extension = WebSocketHandshake.extension(
                exchange.head(), engine.compression().webSocket());
        MessageDeflate deflate = MessageDeflate.agreed(extension, engine, LoopDeflate::get);
        WebSocketHandler handler = new WebSocketHandler(engine.session().maxPayload(), options.maxFragments(), deflate);
        pipeline.addAfter(codec.name(), null, handler);
        FrameEncoder encoder = Rfc6455FrameEncoder.of(deflate);
        NettyLine line = new NettyLine(pipeline.context(handler), exchange.kept(), session, encoder, options);
        handler.open(line);
        String response = Rfc6455Handshake.response(exchange.head(), extension, exchange.upgraded());
        removeEncoder(pipeline);
        line.sendResponse(response);
        line.opened();
    }

    /**
     * Sends the response through the encoder. The headers that the engine added are left out: clients accept no others.
     */
    private static void completeHixie(
            ChannelHandlerContext codec,
            NettyExchange exchange,
            EngineSession session,
            EngineOptions engine,
            NettyOptions options) {
        ChannelPipeline pipeline = codec.pipeline();
        HixieHandler handler = new HixieHandler(engine.session().maxPayload());
        pipeline.addAfter(codec.name(), null, handler);
        RequestHead head = exchange.kept();
        HixieEncoder version = HixieHandshake.version(head);
        NettyLine line = new NettyLine(pipeline.context(handler), head, session, version, options);
        handler.open(line);
        exchange.upgraded();
        line.sendResponse(
                version == HixieEncoder.HIXIE_75
                        ? HixieHandshake.response75(head)
                        : HixieHandshake.digest76(head, exchange.body().take().toByteArray()));
        removeEncoder(pipeline);
        line.opened();
    }

    /** Removes the codec's encoder: bytes that are written from now on leave unchanged. */
    private static void removeEncoder(ChannelPipeline pipeline) {
        HttpServerCodec codec = pipeline.get(HttpServerCodec.class);
        if (codec == null) {
            remove(pipeline, HttpResponseEncoder.class);
        } else {
            codec.removeOutboundHandler();
        }
    }

    /**
     * Returns the context of the codec, in one part or two, that is nearest to the application; null if the pipeline
     * has none.
     */
    private static @Nullable ChannelHandlerContext lastOfCodec(ChannelPipeline pipeline) {
        ChannelHandlerContext codec = pipeline.context(HttpServerCodec.class);
        if (codec != null) {
            return codec;
        }
        ChannelHandlerContext decoder = pipeline.context(HttpRequestDecoder.class);
        ChannelHandlerContext encoder = pipeline.context(HttpResponseEncoder.class);
        if (decoder == null || encoder == null) {
            return null;
        }
        List<String> names = pipeline.names();
        return names.indexOf(decoder.name()) > names.indexOf(encoder.name()) ? decoder : encoder;
    }

    private static void remove(ChannelPipeline pipeline, Class<? extends ChannelHandler> type) {
        if (pipeline.get(type) != null) {
            pipeline.remove(type);
        }
    }
}
