package io.everwire.netty;

import io.everwire.SocketIoServer;
import io.everwire.engine.Engine;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers Flash's request for the policy on a port that otherwise speaks HTTP. Flash asks on the port that it wants to
 * use, before it speaks HTTP there.
 *
 * <p>Stands before the {@code HttpServerCodec}. Each channel needs its own handler, without an executor of its own; a
 * {@link NettyServer} adds it by {@link NettyOptions.Builder#flashPolicy}. At the first byte that differs from Flash's
 * request, the handler leaves the pipeline and passes on all bytes that arrived.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline.
public final class FlashPolicyHandler extends ChannelInboundHandlerAdapter {
    private final Engine engine;
    private final NettyOptions options;

    /** The number of bytes of the request that have arrived. */
    private int matched;

    /**
     * Closes a connection that sent a part of the request and nothing more for
     * {@link NettyOptions.Builder#headTimeout}.
     */
    private @Nullable Future<?> timer;

    FlashPolicyHandler(Engine engine, NettyOptions options) {
        this.engine = engine;
        this.options = options;
    }

    /** Returns a new handler for one channel, with {@link NettyOptions#DEFAULTS}. */
    public static FlashPolicyHandler create(SocketIoServer server) {
        return new FlashPolicyHandler(server.unwrap(Engine.class), NettyOptions.DEFAULTS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (matched == FlashPolicy.REQUEST.length) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof ByteBuf bytes) {
            match(ctx, bytes);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stopTimer();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stopTimer();
        ctx.fireChannelInactive();
    }

    private void match(ChannelHandlerContext ctx, ByteBuf bytes) {
        int before = matched;
        int at = bytes.readerIndex();
        while (matched < FlashPolicy.REQUEST.length && at < bytes.writerIndex()) {
            if (bytes.getByte(at) != FlashPolicy.REQUEST[matched]) {
                passOn(ctx, before, bytes);
                return;
            }
            matched++;
            at++;
        }
        bytes.release();
        if (matched == FlashPolicy.REQUEST.length) {
            stopTimer();
            byte[] policy = FlashPolicy.of(engine.options().origins());
            LingeringClose.close(ctx.channel(), ctx.writeAndFlush(Unpooled.wrappedBuffer(policy)), options);
        } else if (timer == null && matched > 0) {
            timer = ctx.executor()
                    .schedule(() -> ctx.close(), options.headTimeout().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Leaves the pipeline and passes the bytes on: those of earlier reads, which matched, and the current ones. */
    private void passOn(ChannelHandlerContext ctx, int before, ByteBuf bytes) {
        ctx.pipeline().remove(this);
        if (before > 0) {
            ctx.fireChannelRead(Unpooled.copiedBuffer(FlashPolicy.REQUEST, 0, before));
        }
        ctx.fireChannelRead(bytes);
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
