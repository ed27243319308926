package io.everwire.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * The end of a connection whose peer may still be sending. A socket closed with unread bytes is reset, and a reset
 * takes the last answer with it before the peer has read it (RFC 9112, section 9.6). So our direction is closed, and
 * the peer's is read past for a bounded time and number of bytes, at the head of the pipeline, where it costs
 * nothing.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells failures through the pipeline.
final class LingeringClose extends ChannelInboundHandlerAdapter {
    private long left;

    private LingeringClose(long left) {
        this.left = left;
    }

    /** Closes {@code channel} when {@code written} is done. Called on its loop. */
    static void close(Channel channel, ChannelFuture written, NettyOptions options) {
        if (channel instanceof DuplexChannel duplex && !duplex.isInputShutdown()) {
            written.addListener(done -> linger(duplex, done.isSuccess(), options));
        } else {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static void linger(DuplexChannel channel, boolean written, NettyOptions options) {
        if (!written || !channel.isActive() || channel.isInputShutdown()) {
            channel.close();
            return;
        }
        channel.pipeline().addFirst(new LingeringClose(options.maxDiscarded()));
        channel.eventLoop().schedule(() -> channel.close(), options.closeTimeout(), TimeUnit.MILLISECONDS);
        channel.shutdownOutput();
        channel.config().setAutoRead(true);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        left -= message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
        ReferenceCountUtil.release(message);
        if (left < 0) {
            ctx.close();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
