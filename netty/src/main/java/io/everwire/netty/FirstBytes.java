package io.everwire.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Stands before the HTTP codec of a port and notes when bytes come, so that half a head cannot occupy a connection. */
final class FirstBytes extends ChannelInboundHandlerAdapter {
    private final SocketIoHandler http;

    FirstBytes(SocketIoHandler http) {
        this.http = http;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Deadlines deadlines = http.deadlines();
        deadlines.readBegins();
        ctx.fireChannelRead(message);
        deadlines.readEnds();
    }
}
