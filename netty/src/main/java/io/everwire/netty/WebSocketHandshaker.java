package io.everwire.netty;

import io.everwire.engine.Compression;
import io.everwire.engine.EngineOptions;
import io.everwire.engine.EngineSession;
import io.everwire.protocol.RequestHead;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The WebSocket handshake of RFC 6455, section 4.2, and what it does to the pipeline. Drafts 7 and 8 call themselves
 * 7 and 8 and differ in nothing that a server without extensions would see.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells failures through the pipeline.
final class WebSocketHandshaker {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final Set<String> VERSIONS = Set.of("13", "8", "7");
    private static final int KEY_BYTES = 16;

    /** Written out: an object for it and for each of its headers is what one connection is spared (benchmark {@code connect}). */
    private static final String SWITCHING =
            "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
                    + "sec-websocket-accept: ";

    /** Handlers of HTTP that end with it; those of the application are bypassed and stay, to hear of the end. */
    private static final List<Class<? extends ChannelHandler>> OURS =
            List.of(ReadActivityHandler.class, SocketIoHandler.class, NotFoundHandler.class, TailHandler.class);

    private WebSocketHandshaker() {}

    /** Whether {@code request} asks for a WebSocket that can be had. */
    static boolean isGrantable(HttpRequest request) {
        HttpHeaders headers = request.headers();
        return request.decoderResult().isSuccess()
                && headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && HttpMethod.GET.equals(request.method())
                && HttpVersion.HTTP_1_1.equals(request.protocolVersion())
                && !HttpUtil.isTransferEncodingChunked(request)
                && HttpUtil.getContentLength(request, 0L) == 0
                && VERSIONS.contains(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION, ""))
                && isKey(headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_KEY));
    }

    private static boolean isKey(List<String> keys) {
        try {
            return keys.size() == 1 && Base64.getDecoder().decode(keys.get(0)).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /**
     * Sends what a request that becomes a WebSocket can be told before all of it is here.
     *
     * @return false if it cannot become one after all; then nothing was sent
     */
    static boolean begin(NettyExchange exchange, HttpResponseWriter outlet) {
        return exchange.begun() || !exchange.head().draft() || HixieHandshake.begin(exchange, outlet);
    }

    /**
     * Answers 101 and turns the connection into a line of {@code slot}. Called on the loop when the request is
     * complete.
     */
    static void perform(
            ChannelHandlerContext ctx,
            NettyExchange exchange,
            EngineSession slot,
            EngineOptions engine,
            NettyOptions options) {
        int maxPayload = engine.session().maxPayload();
        ChannelPipeline pipeline = ctx.pipeline();
        ChannelHandlerContext codec = lastOfCodec(pipeline);
        if (codec == null || !ctx.channel().isActive()) {
            exchange.gone();
            ctx.close();
            return;
        }
        ctx.channel().config().setAutoRead(true);
        if (exchange.head().draft()) {
            HixieHandler handler = new HixieHandler(maxPayload);
            pipeline.addAfter(codec.name(), null, handler);
            handler.open(pipeline.context(handler), exchange.kept(), slot, options)
                    .begin(HixieHandshake.finish(exchange));
        } else {
            String extension = extension(exchange.head(), engine.compression().webSocket());
            MessageDeflate deflate = deflate(extension, engine);
            WebSocketHandler handler = new WebSocketHandler(maxPayload, options.maxFragments(), deflate);
            pipeline.addAfter(codec.name(), null, handler);
            handler.open(pipeline.context(handler), exchange.kept(), slot, options)
                    .begin(response(exchange, extension));
        }
        OURS.forEach(type -> remove(pipeline, type));
        // Last, for it hands on what it has read beyond the request: the first frames.
        remove(pipeline, HttpServerCodec.class);
        remove(pipeline, HttpRequestDecoder.class);
    }

    /** Ends the way out of HTTP: what is written from now on leaves as it is. */
    static void removeEncoder(ChannelPipeline pipeline) {
        HttpServerCodec codec = pipeline.get(HttpServerCodec.class);
        if (codec == null) {
            remove(pipeline, HttpResponseEncoder.class);
        } else {
            codec.removeOutboundHandler();
        }
    }

    /** What is agreed upon beyond RFC 6455, or null; the drafts before it knew other extensions. */
    private static @Nullable String extension(RequestHead head, Compression.@Nullable Deflate options) {
        return options == null || !"13".equals(head.header("Sec-WebSocket-Version"))
                ? null
                : DeflateOffer.accept(head.header("Sec-WebSocket-Extensions"), options);
    }

    private static @Nullable MessageDeflate deflate(@Nullable String extension, EngineOptions engine) {
        Compression.Deflate options = engine.compression().webSocket();
        return extension == null || options == null
                ? null
                : new MessageDeflate(options, engine.session().maxPayload(), DeflateOffer.forgets(extension));
    }

    private static String response(NettyExchange exchange, @Nullable String extension) {
        String key = exchange.head().header("Sec-WebSocket-Key");
        StringBuilder response = new StringBuilder(256).append(SWITCHING).append(accept(key == null ? "" : key));
        String protocol = firstProtocol(exchange.head().header("Sec-WebSocket-Protocol"));
        if (protocol != null) {
            response.append("\r\nsec-websocket-protocol: ").append(protocol);
        }
        if (extension != null) {
            response.append("\r\nsec-websocket-extensions: ").append(extension);
        }
        List<String> added = exchange.becomeLine();
        if (!added.isEmpty()) {
            checked(added)
                    .forEach(header -> response.append("\r\n")
                            .append(header.getKey())
                            .append(": ")
                            .append(header.getValue()));
        }
        return response.append("\r\n\r\n").toString();
    }

    /** @throws IllegalArgumentException if one cannot be sent */
    private static HttpHeaders checked(List<String> namesAndValues) {
        HttpHeaders headers = new DefaultHttpHeaders();
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            headers.add(namesAndValues.get(i), namesAndValues.get(i + 1));
        }
        return headers;
    }

    /** What a peer must find in the answer to its key. */
    static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-1", impossible);
        }
    }

    /** A browser that named protocols gives up unless one comes back; the Node server (ws 8) returns the first. */
    private static @Nullable String firstProtocol(@Nullable String offered) {
        if (offered == null) {
            return null;
        }
        String first = offered.split(",", 2)[0].trim();
        return first.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+") ? first : null;
    }

    /** The handler of the codec, in one part or two, that is nearest to the application. */
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
