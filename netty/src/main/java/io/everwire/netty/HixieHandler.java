package io.everwire.netty;

import io.everwire.engine.LogSanitizer;
import io.everwire.engine.MemoryBudget;
import io.everwire.engine.RateLimitedLog;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.ProtocolException;
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
 * Receives the bytes of one WebSocket of hixie-75 or hixie-76, and passes messages to the session.
 *
 * <p>Stands in the place of the HTTP codec. The handlers behind it are the application's: they only receive
 * {@code channelInactive}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline.
final class HixieHandler extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(HixieHandler.class);
    private static final RateLimitedLog failed = new RateLimitedLog(HixieHandler.class);

    private final HixieDecoder decoder;

    /** Set when the handler was added to the pipeline, before the first read. */
    private @Nullable NettyLine line;

    HixieHandler(int maxPayload) {
        this.decoder = new HixieDecoder(maxPayload);
    }

    /** Sets the line that sends on this WebSocket. Called once, after the handler was added and before the first read. */
    void open(NettyLine opened) {
        line = opened;
    }

    /** Returns the line that {@link #open} set. */
    NettyLine line() {
        return Objects.requireNonNull(line);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        decoder.discard();
        line().connectionClosed();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        decoder.discard();
        line().connectionClosed();
        ctx.fireChannelInactive();
    }

    /** {@inheritDoc} A violation closes the connection without a code: the drafts have none. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof ByteBuf bytes) {
                receive(bytes);
                int incomplete = decoder.incomplete();
                if (incomplete >= MemoryBudget.STEP || line().countsIncomplete()) {
                    line().incomplete(incomplete, this::refuse);
                }
            }
        } catch (ProtocolException violation) {
            log.debug("WebSocket closed: {}", LogSanitizer.of(violation.getMessage()));
            line().session().limitReached(violation.limit(), "the WebSocket was closed");
            refuse();
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        line().readCompleted();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            line().connectionClosed();
            ctx.close();
        } else if (event == ShutdownEvent.STOPPING) {
            line().close(WebSocketLine.NO_STATUS);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        line().writableChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            failed.error(cause, "WebSocket closed by an error of the server");
        }
        line().connectionClosed();
        ctx.close();
    }

    /** Closes the WebSocket because of its message: the peer's mistake, or no memory for the rest of it. */
    private void refuse() {
        decoder.discard();
        line().fail(WebSocketLine.NO_STATUS);
    }

    /** Decodes all bytes, also when the session closes meanwhile: the peer's close frame is among them. */
    private void receive(ByteBuf bytes) {
        for (byte[] message = decoder.next(bytes); message != null; message = decoder.next(bytes)) {
            if (line().isOpen()) {
                line().session().text(line(), Bytes.of(message));
            }
        }
        if (decoder.closed()) {
            line().closeReceived(WebSocketLine.NO_STATUS);
        }
    }
}
