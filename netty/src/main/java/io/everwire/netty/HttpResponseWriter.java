package io.everwire.netty;

import io.everwire.engine.MemoryBudget;
import io.everwire.engine.OutputBudget;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpObject;
import org.jspecify.annotations.Nullable;

/**
 * Writes the engine's responses of one connection, and decides when they are flushed. Used on the event loop only,
 * except {@link #writable}.
 *
 * <p>A response that a read causes is flushed when the read ends. Outside of a read, whole responses are flushed at
 * once, and pieces of streams after the tasks that run on the event loop now, so that a burst of pieces costs one
 * system call.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline.
final class HttpResponseWriter implements NettyEventLoop.Unflushed {
    /**
     * The smallest number of queued bytes that the server's budget counts for a connection that was never slow before.
     */
    private static final int SMALL = 8 * 1024;

    private final ChannelHandlerContext ctx;
    private final NettyEventLoop loop;
    private final NettyOptions options;
    private final OutputBudget budget;
    private boolean reading;
    private boolean unflushed;

    private final boolean stream;

    /** The last write to a stream, which takes no empty write to mark the end of the earlier ones. */
    private @Nullable ChannelFuture lastWrite;

    /** Set since {@link #SMALL} bytes were queued after a flush for the first time. */
    private @Nullable PendingWriteReporter reporter;

    /** @param budget counts the bytes of all clients that are queued in the process */
    HttpResponseWriter(ChannelHandlerContext ctx, NettyEventLoop loop, NettyOptions options, OutputBudget budget) {
        this.budget = budget;
        this.ctx = ctx;
        this.loop = loop;
        this.options = options;
        this.stream = StreamChannels.isStream(ctx.channel());
    }

    /** Called before a message that was read is taken. */
    void readBegins() {
        reading = true;
    }

    /** Called when all messages of a read were taken. */
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
        if (reporter == null && queuedBytes() >= SMALL) {
            MemoryBudget.Holder peer = new Peer();
            reporter = new PendingWriteReporter(
                    ctx, this::queuedBytes, this::endOfWrites, queued -> budget.hold(peer, queued));
        }
        if (reporter != null) {
            reporter.report();
        }
    }

    /** Returns the bytes of responses that have not left. Those of a stream may wait for its other streams, too. */
    long queuedBytes() {
        boolean none = stream && (lastWrite == null || lastWrite.isDone());
        return none ? 0 : PendingWriteBytes.of(ctx.channel());
    }

    /** Returns a future that is done when all bytes written so far have left. */
    private ChannelFuture endOfWrites() {
        return lastWrite == null ? ctx.writeAndFlush(Unpooled.EMPTY_BUFFER) : lastWrite;
    }

    private ChannelFuture write(HttpObject message) {
        ChannelFuture written = ctx.write(message);
        if (stream) {
            lastWrite = written;
        }
        return written;
    }

    /** The peer of this connection, whose queued bytes the server's budget counts. */
    private final class Peer extends MemoryBudget.Holder {
        @Override
        protected void evict() {
            loop.execute(() -> ctx.close());
        }
    }

    /** Returns whether the peer reads what is sent to it. Any thread. */
    boolean writable() {
        return ctx.channel().isWritable();
    }

    /** Returns whether the connection is open. Any thread. */
    boolean connected() {
        return StreamChannels.connection(ctx.channel()).isActive();
    }

    /** Sends a response, or the last piece of one. The result is done when its last byte was written to the socket. */
    ChannelFuture send(HttpObject response) {
        ChannelFuture written = write(response);
        if (reading) {
            unflushed = true;
        } else {
            flush();
        }
        return written;
    }

    /** Sends a piece of a response after which others follow. */
    void sendPiece(HttpObject piece) {
        write(piece);
        if (!unflushed) {
            unflushed = true;
            if (!reading) {
                loop.flushSoon(this);
            }
        }
    }

    /** Closes the connection when all bytes that were written have left. */
    void closeAfterFlush() {
        if (stream && lastWrite == null) {
            ctx.close();
        } else {
            endOfWrites().addListener(ChannelFutureListener.CLOSE);
        }
    }

    /**
     * Closes the connection when {@code written} is done.
     *
     * @param lingers whether the peer may still be sending; see {@link LingeringClose}
     */
    void closeAfter(ChannelFuture written, boolean lingers) {
        if (lingers) {
            LingeringClose.close(ctx.channel(), written, options);
        } else {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Closes the connection at once. The socket still takes what it has space for. */
    void abort() {
        ctx.flush();
        ctx.close();
    }
}
