package io.everwire.netty;

import io.everwire.engine.LogSanitizer;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a port's pipeline: what nobody wanted is released, and what nobody caught closes the connection. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells failures through the pipeline.
@Sharable
final class TailHandler extends ChannelInboundHandlerAdapter {
    static final TailHandler INSTANCE = new TailHandler();

    private static final Logger log = LoggerFactory.getLogger(TailHandler.class);

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
            log.warn("connection closed: a handler of the application failed", cause);
        }
        ctx.close();
    }
}
