package io.everwire.netty;

import io.everwire.engine.OutputBudget;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpObject;
import org.jspecify.annotations.Nullable;

/**
 * How answers of ours leave a connection: flushed when the read that caused them ends; outside of one, whole answers at
 * once, and pieces of streams when what runs on the loop has run, so that a burst of them costs one system call.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells failures through the pipeline.
final class HttpResponseWriter implements NettyEventLoop.Unflushed {
    /** Less of an answer, in bytes, is not worth counting. */
    private static final int SMALL = 8 * 1024;

    private final ChannelHandlerContext ctx;
    private final NettyEventLoop loop;
    private final NettyOptions options;
    private final OutputBudget budget;
    private boolean reading;
    private boolean unflushed;

    /** There since the peer once did not take all. */
    private @Nullable PendingWriteReporter leftover;

    HttpResponseWriter(ChannelHandlerContext ctx, NettyEventLoop loop, NettyOptions options, OutputBudget budget) {
        this.budget = budget;
        this.ctx = ctx;
        this.loop = loop;
        this.options = options;
    }

    void readBegins() {
        reading = true;
    }

    void readEnds() {
        reading = false;
        flushIfDirty();
    }

    @Override
    public void flushIfDirty() {
        if (unflushed) {
            flush();
        }
    }

    private void flush() {
        unflushed = false;
        ctx.flush();
        if (leftover == null && PendingWriteBytes.of(ctx.channel()) >= SMALL) {
            OutputBudget.Holder peer = new Peer();
            leftover = new PendingWriteReporter(ctx, left -> budget.hold(peer, left));
        }
        if (leftover != null) {
            leftover.look();
        }
    }

    /** Whose answers wait to be read. */
    private final class Peer extends OutputBudget.Holder {
        @Override
        protected void evict() {
            loop.execute(() -> ctx.close());
        }
    }

    /** Whether the peer takes what is sent. */
    boolean writable() {
        return ctx.channel().isWritable();
    }

    /** Whether so much waits for the peer that it is given up. */
    boolean stuck() {
        return PendingWriteBytes.of(ctx.channel()) > options.maxPendingOutput();
    }

    /** Sends an answer, or a part of one; the result is done when its last byte left. */
    ChannelFuture send(HttpObject answer) {
        ChannelFuture written = ctx.write(answer);
        if (reading) {
            unflushed = true;
        } else {
            flush();
        }
        return written;
    }

    /** Sends a piece of an answer that goes on. */
    void sendPiece(HttpObject piece) {
        ctx.write(piece);
        if (!unflushed) {
            unflushed = true;
            if (!reading) {
                loop.flushSoon(this);
            }
        }
    }

    /** Closes when all that was written has left. */
    void close() {
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /** Closes when {@code written} is done; if the peer may still be sending, in a way that it gets to read it. */
    void close(ChannelFuture written, boolean sending) {
        if (sending) {
            LingeringClose.close(ctx.channel(), written, options);
        } else {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Closes now; only what is flushed may still leave. */
    void cut() {
        ctx.flush();
        ctx.close();
    }
}
