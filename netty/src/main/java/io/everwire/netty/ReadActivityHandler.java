package io.everwire.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.util.function.Supplier;

/**
 * Notes reads before the HTTP codec of a {@link NettyServer}: the codec passes on nothing before a head is complete, so
 * that half a head would occupy a connection unnoticed.
 */
final class ReadActivityHandler extends ChannelInboundHandlerAdapter {
    private final Supplier<ConnectionTimeouts> timeouts;

    /** @param timeouts asked when a read arrives: they are created when the handler behind the codec is added */
    ReadActivityHandler(Supplier<ConnectionTimeouts> timeouts) {
        this.timeouts = timeouts;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ConnectionTimeouts known = timeouts.get();
        known.readBegins();
        ctx.fireChannelRead(message);
        known.readEnds();
    }

    /**
     * Removes the handler because the application's protocol takes the connection over. That protocol expects the
     * peer's end to be the end of the connection, as Netty does by default.
     */
    static void leave(ChannelHandlerContext ctx) {
        ctx.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
        ctx.pipeline().remove(ReadActivityHandler.class);
    }
}
