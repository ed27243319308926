package io.everwire.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.util.function.LongConsumer;

/** Tells how much of what was flushed the peer has not taken, again and again until it has taken all. Used on the loop. */
final class PendingWriteReporter {
    private final ChannelHandlerContext ctx;
    private final LongConsumer told;
    private boolean watching;

    PendingWriteReporter(ChannelHandlerContext ctx, LongConsumer told) {
        this.ctx = ctx;
        this.told = told;
    }

    /** Something was flushed, or taken. */
    void look() {
        // Of a channel that has shut its way out nothing can be known.
        long left = ctx.channel().isActive() ? Math.max(0, PendingWriteBytes.of(ctx.channel())) : 0;
        told.accept(left);
        if (left > 0 && !watching) {
            watching = true;
            // It leaves when all that is before it has.
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> {
                watching = false;
                if (done.isSuccess()) {
                    // Not here: until this returns, Netty counts what it tells of as waiting.
                    ctx.executor().execute(this::look);
                } else {
                    told.accept(0);
                }
            });
        }
    }
}
