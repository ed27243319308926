package io.everwire.reactor;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.CleartextHttp2ServerUpgradeHandler.PriorKnowledgeUpgradeEvent;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;
import reactor.netty.NettyPipeline;

/**
 * Keeps the idle timeout of Reactor Netty from a connection that awaits a response, such as a waiting poll, or has become
 * a WebSocket: Reactor Netty itself pauses it only for requests of the application. Removes the server's handlers when
 * the connection changes to another protocol. Used on the event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline.
final class ConnectionGuard extends ChannelDuplexHandler {
    private static final long NO_TIMEOUT = 0;

    /** The idle timeout of Reactor Netty, in milliseconds, once it was removed. */
    private long idleMillis = NO_TIMEOUT;

    /** The number of requests without a complete response. */
    private int unanswered;

    /** The response that is being written is an interim one. */
    private boolean interim;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest) {
            unanswered++;
            pauseIdleTimeout(ctx);
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        boolean switched = false;
        if (message instanceof HttpResponse response) {
            interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            switched = response.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code();
        }
        ctx.write(message, promise);
        if (switched) {
            ctx.pipeline().remove(this);
        } else if (message instanceof LastHttpContent && !interim) {
            unanswered = Math.max(0, unanswered - 1);
            if (idleMillis != NO_TIMEOUT) {
                // Later: Reactor Netty adds its own timeout when it has written a response of the application.
                ctx.executor().execute(() -> responseWritten(ctx));
            }
        }
    }

    private void responseWritten(ChannelHandlerContext ctx) {
        if (ctx.isRemoved()) {
            return;
        }
        if (unanswered > 0) {
            pauseIdleTimeout(ctx);
        } else if (ctx.pipeline().get(NettyPipeline.IdleTimeoutHandler) == null) {
            ChannelHandlerContext codec = ctx.pipeline().context(HttpServerCodec.class);
            if (codec != null) {
                // With the same name, so that Reactor Netty removes it for requests of the application.
                ctx.pipeline().addAfter(codec.name(), NettyPipeline.IdleTimeoutHandler, new IdleTimeout(idleMillis));
            }
        }
    }

    private void pauseIdleTimeout(ChannelHandlerContext ctx) {
        ChannelHandler timeout = ctx.pipeline().get(NettyPipeline.IdleTimeoutHandler);
        if (timeout instanceof IdleStateHandler idle) {
            idleMillis = idle.getAllIdleTimeInMillis();
            ctx.pipeline().remove(timeout);
        }
    }

    /** Leaves a connection of HTTP/2 without TLS that began without an upgrade: its streams have their own handlers. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        ctx.fireUserEventTriggered(event);
        if (event instanceof PriorKnowledgeUpgradeEvent) {
            ctx.pipeline().remove(Pipelines.HANDLER);
            ctx.pipeline().remove(this);
        }
    }

    /** Closes a connection on which nothing was sent or received for some time. */
    private static final class IdleTimeout extends IdleStateHandler {
        IdleTimeout(long millis) {
            super(0, 0, millis, TimeUnit.MILLISECONDS);
        }

        @Override
        protected void channelIdle(ChannelHandlerContext ctx, IdleStateEvent event) {
            if (event.state() == IdleState.ALL_IDLE) {
                ctx.close();
            }
        }
    }
}
