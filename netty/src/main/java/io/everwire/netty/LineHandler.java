package io.everwire.netty;

import io.everwire.engine.LogText;
import io.everwire.engine.SessionSlot;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.text.Utf8;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
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
final class LineHandler extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(LineHandler.class);

    /** RSV1 (RFC 7692, section 6), as Netty counts these bits. */
    private static final int COMPRESSED = 4;

    private final RequestHead head;
    private final SessionSlot slot;
    private final int maxPayload;
    private final NettyOptions options;
    private final @Nullable MessageDeflate deflate;

    private @Nullable NettyLine line;
    private @Nullable Fragments fragments;
    private byte @Nullable [] ping;

    /** @param deflate what was agreed upon, or null */
    LineHandler(
            RequestHead head,
            SessionSlot slot,
            int maxPayload,
            NettyOptions options,
            @Nullable MessageDeflate deflate) {
        this.head = head;
        this.slot = slot;
        this.maxPayload = maxPayload;
        this.options = options;
        this.deflate = deflate;
    }

    /** Its way out; there once this was added to a pipeline. */
    NettyLine line() {
        return Objects.requireNonNull(line);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        line = new NettyLine(ctx, head, slot, new Rfc6455Frames(deflate), options);
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
        line().readBegins();
        try {
            if (message instanceof WebSocketFrame frame) {
                receive(frame);
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
        } else if (event == PortEvent.STOPPING) {
            line().close(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE.code());
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        slot.writableChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException broken) {
            fail(broken.closeStatus(), String.valueOf(broken.getMessage()));
        } else if (cause instanceof DecoderException) {
            fail(WebSocketCloseStatus.PROTOCOL_ERROR, cause.toString());
        } else if (cause instanceof IOException) {
            // A reset: to the Node server (ws 8) a close like any other.
            line().ended();
            ctx.close();
        } else {
            log.error("WebSocket closed by an error of ours", cause);
            line().fail(WebSocketCloseStatus.INTERNAL_SERVER_ERROR.code());
        }
    }

    private void receive(WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame close) {
            forget();
            line().closedByPeer(close.statusCode());
        } else if (!line().open()) {
            // What crossed our close frame on its way.
            return;
        } else if (!areBitsRight(frame)) {
            fail(WebSocketCloseStatus.PROTOCOL_ERROR, "a reserved bit that means nothing here");
        } else if (frame instanceof TextWebSocketFrame) {
            begin(frame, true);
        } else if (frame instanceof BinaryWebSocketFrame) {
            begin(frame, false);
        } else if (frame instanceof ContinuationWebSocketFrame && fragments != null) {
            add(fragments, frame);
        } else if (frame instanceof PingWebSocketFrame) {
            // Only the last ping of a read is answered (RFC 6455, section 5.5.3), so that pings cannot pile up answers.
            ping = copy(frame.content());
        }
    }

    /** Only the first frame of a message may say that it is compressed, and only if that was agreed upon. */
    private boolean areBitsRight(WebSocketFrame frame) {
        boolean first = frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame;
        return frame.rsv() == 0 || (frame.rsv() == COMPRESSED && first && deflate != null);
    }

    private void begin(WebSocketFrame frame, boolean text) {
        boolean compressed = frame.rsv() == COMPRESSED;
        if (frame.isFinalFragment()) {
            receive(copy(frame.content()), text, compressed);
        } else {
            fragments = new Fragments(text, compressed);
            add(fragments, frame);
        }
    }

    private void add(Fragments message, WebSocketFrame frame) {
        if (message.length() + frame.content().readableBytes() > maxPayload) {
            fail(WebSocketCloseStatus.MESSAGE_TOO_BIG, "fragments of more than " + maxPayload + " bytes");
        } else if (message.count() == options.maxFragments()) {
            fail(WebSocketCloseStatus.POLICY_VIOLATION, "more than " + options.maxFragments() + " fragments");
        } else {
            message.add(frame.content());
            if (frame.isFinalFragment()) {
                fragments = null;
                receive(message.join(), message.text(), message.compressed());
            }
        }
    }

    private void receive(byte[] message, boolean text, boolean compressed) {
        if (!compressed || deflate == null) {
            deliver(message, text);
            return;
        }
        try {
            deliver(deflate.inflate(message), text);
        } catch (MessageDeflate.TooLarge e) {
            fail(WebSocketCloseStatus.MESSAGE_TOO_BIG, String.valueOf(e.getMessage()));
        } catch (DataFormatException e) {
            fail(WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "it was not compressed: " + e.getMessage());
        }
    }

    private void deliver(byte[] message, boolean text) {
        if (!text) {
            slot.binary(line(), Bytes.of(message));
        } else if (Utf8.isValid(message, 0, message.length)) {
            slot.text(line(), Bytes.of(message));
        } else {
            fail(WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "text that is not UTF-8");
        }
    }

    private void fail(WebSocketCloseStatus status, String why) {
        log.debug("WebSocket closed with {}: {}", status.code(), LogText.of(why));
        forget();
        line().fail(status.code());
    }

    private void forget() {
        ping = null;
        if (fragments != null) {
            fragments.release();
            fragments = null;
        }
    }

    private static byte[] copy(ByteBuf content) {
        byte[] bytes = new byte[content.readableBytes()];
        content.getBytes(content.readerIndex(), bytes);
        return bytes;
    }
}
