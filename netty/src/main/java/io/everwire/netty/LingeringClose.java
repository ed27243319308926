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
 * Closes a connection whose peer may still be sending. A socket that is closed with unread bytes is reset, and a reset
 * can destroy the last response before the peer has read it (RFC 9112, section 9.6). Only the output is therefore shut
 * down first; the peer's bytes are discarded, for a limited time and up to a limited number, at the head of the
 * pipeline, before any decoder.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline.
final class LingeringClose extends ChannelInboundHandlerAdapter {
    /** The number of bytes that are still discarded before the connection closes. */
    private long remaining;

    private LingeringClose(long remaining) {
        this.remaining = remaining;
    }

    /**
     * Closes {@code channel} when {@code written} is done, and after the peer has closed its direction if that takes no
     * longer than {@link NettyOptions.Builder#closeTimeout}. Called on the event loop.
     */
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
        channel.eventLoop()
                .schedule(() -> channel.close(), options.closeTimeout().toMillis(), TimeUnit.MILLISECONDS);
        channel.shutdownOutput();
        channel.config().setAutoRead(true);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        remaining -= message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
        ReferenceCountUtil.release(message);
        if (remaining < 0) {
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
