package io.everwire.netty;

import io.everwire.engine.EngineSession;
import io.everwire.engine.LogSanitizer;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.text.Utf8;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Objects;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes in on one WebSocket: control frames are answered here, messages go to the session, each as one array of
 * its own. Handlers behind it hear nothing but that the connection ended.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells failures through the pipeline.
final class WebSocketHandler extends ChannelInboundHandlerAdapter implements FrameDecoder.Listener {
    private static final Logger log = LoggerFactory.getLogger(WebSocketHandler.class);

    private final @Nullable MessageDeflate deflate;
    private final FrameDecoder reader;

    private @Nullable NettyLine line;
    private byte @Nullable [] ping;

    /** @param deflate what was agreed upon, or null */
    WebSocketHandler(int maxPayload, int maxFragments, @Nullable MessageDeflate deflate) {
        this.deflate = deflate;
        this.reader = new FrameDecoder(maxPayload, maxFragments, deflate != null, this);
    }

    /** Its way out, which begins where this stands in the pipeline. Called when it was added, before anything is read. */
    NettyLine open(ChannelHandlerContext ctx, RequestHead head, EngineSession slot, NettyOptions options) {
        NettyLine opened = new NettyLine(ctx, head, slot, Rfc6455Encoder.of(deflate), options);
        line = opened;
        return opened;
    }

    NettyLine line() {
        return Objects.requireNonNull(line);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        line().ended();
        forget();
        if (deflate != null) {
            deflate.end();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        line().ended();
        forget();
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof ByteBuf bytes) {
                reader.read(bytes);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (ping != null) {
            line().pong(ping);
            ping = null;
        }
        line().readEnds();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            line().ended();
            ctx.close();
        } else if (event == ShutdownEvent.STOPPING) {
            line().close(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE.code());
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        line().writableChanged();
        line().slot.writableChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            // A reset: to the Node server (ws 8) a close like any other.
            line().ended();
            ctx.close();
        } else {
            log.error("WebSocket closed by an error of ours", cause);
            line().fail(WebSocketCloseStatus.INTERNAL_SERVER_ERROR.code());
        }
    }

    // From the reader

    @Override
    public void message(byte[] message, boolean text, boolean compressed) {
        if (!line().open()) {
            // What crossed our close frame on its way.
            return;
        }
        if (compressed && deflate != null) {
            expand(deflate, message, text);
        } else {
            deliver(message, text);
        }
    }

    /** Only the last ping of a read is answered (RFC 6455, section 5.5.3), so that pings cannot pile up answers. */
    @Override
    public void ping(byte[] payload) {
        ping = payload;
    }

    @Override
    public void closing(int code) {
        forget();
        line().closedByPeer(code);
    }

    @Override
    public void broken(WebSocketCloseStatus status, String why) {
        fail(status, why);
    }

    private void expand(MessageDeflate deflate, byte[] message, boolean text) {
        try {
            byte[] expanded = deflate.inflate(message);
            if (text && !Utf8.isValid(expanded, 0, expanded.length)) {
                fail(WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "text that is not UTF-8");
            } else {
                deliver(expanded, text);
            }
        } catch (MessageDeflate.TooLarge e) {
            fail(WebSocketCloseStatus.MESSAGE_TOO_BIG, String.valueOf(e.getMessage()));
        } catch (DataFormatException e) {
            fail(WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "it was not compressed: " + e.getMessage());
        }
    }

    private void deliver(byte[] message, boolean text) {
        NettyLine from = line();
        if (text) {
            from.slot.text(from, Bytes.of(message));
        } else {
            from.slot.binary(from, Bytes.of(message));
        }
    }

    private void fail(WebSocketCloseStatus status, String why) {
        log.debug("WebSocket closed with {}: {}", status.code(), LogSanitizer.of(why));
        forget();
        line().fail(status.code());
    }

    private void forget() {
        ping = null;
        reader.stop();
    }
}
