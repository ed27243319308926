package io.everwire.netty;

import io.everwire.engine.LogSanitizer;
import io.everwire.engine.MemoryBudget;
import io.everwire.engine.RateLimitedLog;
import io.everwire.engine.frames.CloseCode;
import io.everwire.engine.frames.FrameDecoder;
import io.everwire.engine.frames.MessageDeflate;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.ReachedLimit;
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
 * Receives the bytes of one WebSocket of RFC 6455. Answers control frames, and passes messages to the session, each as
 * an array of its own.
 *
 * <p>Stands in the place of the HTTP codec. The handlers behind it are the application's: they only receive
 * {@code channelInactive}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline.
final class WebSocketHandler extends ChannelInboundHandlerAdapter implements FrameDecoder.Listener {
    private static final Logger log = LoggerFactory.getLogger(WebSocketHandler.class);
    private static final RateLimitedLog failed = new RateLimitedLog(WebSocketHandler.class);

    private final FrameDecoder decoder;

    /** Set when the handler was added to the pipeline, before the first read. */
    private @Nullable NettyLine line;

    /** The payload of the last ping of the current read. */
    private byte @Nullable [] ping;

    /** @param deflate the agreed compression, or null; ended by this handler */
    WebSocketHandler(int maxPayload, int maxFragments, @Nullable MessageDeflate deflate) {
        this.decoder = new FrameDecoder(maxPayload, maxFragments, deflate, this);
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
        line().connectionClosed();
        ping = null;
        decoder.end();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        line().connectionClosed();
        ignoreRest();
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof ByteBuf bytes) {
                decode(bytes);
                int incomplete = decoder.incomplete();
                if (incomplete >= MemoryBudget.STEP || line().countsIncomplete()) {
                    line().incomplete(incomplete, this::refuse);
                }
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void decode(ByteBuf bytes) {
        BufferInput input = line().eventLoop().input();
        ByteBuf before = input.exchange(bytes);
        try {
            decoder.read(input);
        } finally {
            input.exchange(before);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (ping != null) {
            line().pong(ping);
            ping = null;
        }
        line().readCompleted();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            line().connectionClosed();
            ctx.close();
        } else if (event == ShutdownEvent.STOPPING) {
            line().close(CloseCode.GOING_AWAY);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        line().writableChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            // A reset of the connection, which the Node server (ws 8) treats as any other close.
            line().connectionClosed();
            ctx.close();
        } else {
            failed.error(cause, "WebSocket closed by an error of the server");
            line().fail(CloseCode.SERVER_ERROR);
        }
    }

    // From the decoder

    /** {@inheritDoc} Messages that crossed the server's close frame are dropped. */
    @Override
    public boolean isOpen() {
        return line().isOpen();
    }

    @Override
    public void message(byte[] message, boolean text) {
        NettyLine from = line();
        if (!from.isOpen()) {
            return;
        }
        if (text) {
            from.session().text(from, Bytes.of(message));
        } else {
            from.session().binary(from, Bytes.of(message));
        }
    }

    /**
     * {@inheritDoc} Only the last ping of a read is answered (RFC 6455, section 5.5.3): pings must not multiply
     * answers.
     */
    @Override
    public void ping(byte[] payload) {
        ping = payload;
    }

    @Override
    public void closing(int code) {
        ignoreRest();
        line().closeReceived(code);
    }

    @Override
    public void violation(int code, String message) {
        fail(code, message);
    }

    @Override
    public void limitReached(int code, ReachedLimit reached) {
        line().session().limitReached(reached, "the WebSocket was closed");
        fail(code, reached.toString());
    }

    /** Closes the WebSocket because the server has no memory for the rest of its message. */
    private void refuse() {
        fail(CloseCode.TRY_AGAIN_LATER, "no memory for the message");
    }

    private void fail(int status, String message) {
        log.debug("WebSocket closed with {}: {}", status, LogSanitizer.of(message));
        ignoreRest();
        line().fail(status);
    }

    /** Discards a message that has arrived in part, and ignores further bytes. */
    private void ignoreRest() {
        ping = null;
        decoder.stop();
    }
}
