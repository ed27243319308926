package io.everwire.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.util.function.LongConsumer;

/**
 * Reports the number of bytes that a peer has not taken after a flush, and reports it again until the peer has taken
 * all. Used on the event loop only.
 */
final class PendingWriteReporter {
    private final ChannelHandlerContext ctx;
    private final LongConsumer listener;
    private boolean watching;

    /** @param listener called with the number of queued bytes, 0 at last */
    PendingWriteReporter(ChannelHandlerContext ctx, LongConsumer listener) {
        this.ctx = ctx;
        this.listener = listener;
    }

    /** Reports the queued bytes now. Called after each flush. */
    void report() {
        // The water marks of a channel that has shut down its output show nothing.
        long queued = ctx.channel().isActive() ? Math.max(0, PendingWriteBytes.of(ctx.channel())) : 0;
        listener.accept(queued);
        if (queued > 0 && !watching) {
            watching = true;
            // An empty write is done when all bytes before it were taken.
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> {
                watching = false;
                if (done.isSuccess()) {
                    // Not here: until a listener returns, Netty still counts the bytes before its write as queued.
                    ctx.executor().execute(this::report);
                } else {
                    listener.accept(0);
                }
            });
        }
    }
}
