package io.everwire.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.util.function.Supplier;

/**
 * Notes reads before the HTTP codec of a {@link NettyServer}: the codec passes on nothing before a head is complete, so
 * that half a head would occupy a connection unnoticed.
 */
final class ReadActivityHandler extends ChannelInboundHandlerAdapter {
    private final Supplier<HttpConnection> connection;

    /** @param connection asked when a read arrives: it is created when the handler behind the codec is added */
    ReadActivityHandler(Supplier<HttpConnection> connection) {
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        HttpConnection known = connection.get();
        int bytes = message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
        known.timeouts().readBegins();
        ctx.fireChannelRead(message);
        known.timeouts().readEnds();
        known.bytesRead(bytes);
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
