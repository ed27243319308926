package io.everwire.netty;

import io.everwire.engine.EngineSession;
import io.everwire.engine.LogSanitizer;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.WebSocketLine;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes in on one WebSocket of a draft. Stands where the codec of HTTP stood; handlers behind it hear nothing but
 * that the connection ended.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells failures through the pipeline.
final class HixieHandler extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(HixieHandler.class);

    private final HixieDecoder text;

    private @Nullable NettyLine line;

    HixieHandler(int maxPayload) {
        this.text = new HixieDecoder(maxPayload);
    }

    /** Its way out, which begins where this stands in the pipeline. Called when it was added, before anything is read. */
    NettyLine open(ChannelHandlerContext ctx, RequestHead head, EngineSession slot, NettyOptions options) {
        NettyLine opened = new NettyLine(ctx, head, slot, HixieHandshake.draft(head), options);
        line = opened;
        return opened;
    }

    NettyLine line() {
        return Objects.requireNonNull(line);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        line().ended();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        line().ended();
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof ByteBuf bytes) {
                receive(bytes);
            }
        } catch (ProtocolException broken) {
            log.debug("WebSocket closed: {}", LogSanitizer.of(broken.getMessage()));
            text.release();
            line().fail(WebSocketLine.NO_STATUS);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        line().readEnds();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            line().ended();
            ctx.close();
        } else if (event == ShutdownEvent.STOPPING) {
            line().close(WebSocketLine.NO_STATUS);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        line().writableChanged();
        line().slot.writableChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            log.error("WebSocket closed by an error of ours", cause);
        }
        line().ended();
        ctx.close();
    }

    /** Up to the last byte, also when the session closes meanwhile: the peer's end is among them. */
    private void receive(ByteBuf bytes) {
        for (byte[] message = text.next(bytes); message != null; message = text.next(bytes)) {
            if (line().open()) {
                line().slot.text(line(), Bytes.of(message));
            }
        }
        if (text.ended()) {
            line().closedByPeer(WebSocketLine.NO_STATUS);
        }
    }
}
