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
 * Answers Flash, which asks on the port it wants to connect to which pages may do so, before it speaks HTTP there. Stands
 * before the {@code HttpServerCodec}, on the channel's own event loop, one for each channel; a {@link NettyServer} adds it
 * by {@link NettyOptions.Builder#flashPolicy}. With the first byte that is not Flash's request it leaves the pipeline and
 * hands on what there is.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells failures through the pipeline.
public final class FlashPolicyHandler extends ChannelInboundHandlerAdapter {
    private final Engine engine;
    private final NettyOptions options;

    /** How many bytes of the request have come. */
    private int matched;

    private @Nullable Future<?> timer;

    FlashPolicyHandler(Engine engine, NettyOptions options) {
        this.engine = engine;
        this.options = options;
    }

    /** A handler for one channel. */
    public static FlashPolicyHandler create(SocketIoServer server) {
        return new FlashPolicyHandler(server.engine().core(), NettyOptions.DEFAULTS);
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
                handOn(ctx, before, bytes);
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
            timer = ctx.executor().schedule(() -> ctx.close(), options.headTimeout(), TimeUnit.MILLISECONDS);
        }
    }

    /** It is something else, for those behind. */
    private void handOn(ChannelHandlerContext ctx, int before, ByteBuf bytes) {
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
