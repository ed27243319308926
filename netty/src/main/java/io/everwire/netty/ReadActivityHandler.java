package io.everwire.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;

/** Stands before the HTTP codec of a port and notes when bytes come, so that half a head cannot occupy a connection. */
final class ReadActivityHandler extends ChannelInboundHandlerAdapter {
    private final SocketIoHandler http;

    ReadActivityHandler(SocketIoHandler http) {
        this.http = http;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ConnectionTimeouts deadlines = http.deadlines();
        deadlines.readBegins();
        ctx.fireChannelRead(message);
        deadlines.readEnds();
    }

    /** The application's protocol takes over: it expects to be told of the peer's end as that of the connection. */
    static void leave(ChannelHandlerContext ctx) {
        ctx.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
        ctx.pipeline().remove(ReadActivityHandler.class);
    }
}
