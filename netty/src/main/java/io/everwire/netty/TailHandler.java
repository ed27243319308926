package io.everwire.netty;

import io.everwire.engine.LogSanitizer;
import io.everwire.engine.RateLimitedLog;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last handler of a port's pipeline. Releases messages that no handler took, and closes the connection after an
 * uncaught exception.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline.
@Sharable
final class TailHandler extends ChannelInboundHandlerAdapter {
    /** The only instance: it has no state. */
    static final TailHandler INSTANCE = new TailHandler();

    private static final Logger log = LoggerFactory.getLogger(TailHandler.class);
    private static final RateLimitedLog failed = new RateLimitedLog(TailHandler.class);

    private TailHandler() {}

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        ReferenceCountUtil.release(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException || cause instanceof DecoderException) {
            log.debug("connection closed: {}", LogSanitizer.of(cause));
        } else {
            failed.warn(cause, "connection closed: a handler of the application failed");
        }
        ctx.close();
    }
}
