package io.everwire.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Reports the number of bytes that a peer has not taken after a flush, and reports it again until the peer has taken
 * all. Used on the event loop only.
 */
final class PendingWriteReporter {
    private final ChannelHandlerContext ctx;
    private final LongSupplier queuedBytes;
    private final Supplier<ChannelFuture> endOfWrites;
    private final LongConsumer listener;
    private boolean watching;

    /** @param listener called with the number of queued bytes, 0 at last */
    PendingWriteReporter(ChannelHandlerContext ctx, LongConsumer listener) {
        // An empty write is done when all bytes before it were taken.
        this(ctx, () -> PendingWriteBytes.of(ctx.channel()), () -> ctx.writeAndFlush(Unpooled.EMPTY_BUFFER), listener);
    }

    /**
     * @param queuedBytes returns the number of queued bytes of an open channel
     * @param endOfWrites returns a future that is done when all bytes written so far were taken
     * @param listener called with the number of queued bytes, 0 at last
     */
    PendingWriteReporter(
            ChannelHandlerContext ctx,
            LongSupplier queuedBytes,
            Supplier<ChannelFuture> endOfWrites,
            LongConsumer listener) {
        this.ctx = ctx;
        this.queuedBytes = queuedBytes;
        this.endOfWrites = endOfWrites;
        this.listener = listener;
    }

    /** Reports the queued bytes now. Called after each flush. */
    void report() {
        // The water marks of a channel that has shut down its output show nothing.
        long queued = ctx.channel().isActive() ? Math.max(0, queuedBytes.getAsLong()) : 0;
        listener.accept(queued);
        if (queued > 0 && !watching) {
            watching = true;
            endOfWrites.get().addListener(done -> {
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
