package io.everwire.reactor;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/**
 * Adds the server to a connection with TLS after the handshake has chosen HTTP/1.1, and leaves. Stands after the handler
 * of Reactor Netty that builds the pipeline of the protocol and then passes the event on.
 */
final class AlpnHandler extends ChannelInboundHandlerAdapter {
    private final Pipelines pipelines;

    AlpnHandler(Pipelines pipelines) {
        this.pipelines = pipelines;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent) {
            // With HTTP/2, each stream is a pipeline of its own; after a failure there is none.
            pipelines.http11(ctx.pipeline());
            ctx.fireUserEventTriggered(event);
            ctx.pipeline().remove(this);
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }
}
