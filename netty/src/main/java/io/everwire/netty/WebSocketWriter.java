package io.everwire.netty;

import io.everwire.engine.EngineSession;
import io.everwire.engine.frames.FrameHeader;
import io.everwire.engine.frames.FrameOutput;
import io.everwire.engine.frames.MessageDeflate;
import io.everwire.engine.frames.SharedFrameCache;
import io.everwire.protocol.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * Writes the bytes of one WebSocket. Small messages are gathered in one buffer and large ones passed on without a copy;
 * all of it is flushed once, after the tasks that run on the event loop now. Used on the event loop only, except
 * {@link #writable}.
 *
 * <p>A separate object costs each connection 24 bytes over one that is a part of its line (80 instead of 56, with
 * compressed class pointers); the benchmark idle counts such bytes.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline.
final class WebSocketWriter implements FrameOutput, NettyEventLoop.Unflushed {
    /** The largest message that is copied: a copy costs less than a buffer and an entry of the system call for it. */
    private static final int SMALL = 8 * 1024;

    /** The size of a batch that is passed to the channel, so that the channel counts it as queued. */
    private static final int BATCH = 64 * 1024;

    /**
     * The space reserved for further messages when a second one is gathered: more are then likely (benchmark
     * fanout-deep).
     */
    private static final int MORE = 1024;

    private final ChannelHandlerContext ctx;
    private final NettyEventLoop loop;
    private final EngineSession session;

    /** Set when a flush left bytes for the first time, or when {@link #reportPending} was called. */
    private @Nullable PendingWriteReporter reporter;

    /** The bytes that were gathered and not passed to the channel. */
    private @Nullable ByteBuf batch;

    /**
     * The writability that the channel reported last. Asking the channel for each message of a broadcast would load its
     * parts into the cache, from which they are evicted again before the flush (benchmark fanout).
     */
    private volatile boolean writable;

    /**
     * The channel had no queued bytes after the last flush, and none was passed since. Known without asking, as
     * {@link #writable}.
     */
    private boolean channelEmpty;

    private boolean unflushed;

    /** The batch is a frame that other connections send too, so that it must not be written to. */
    private boolean batchShared;

    /**
     * @param ctx the context of the WebSocket's handler: bytes are written to the handlers before it
     * @param session notified of the queued bytes
     */
    WebSocketWriter(ChannelHandlerContext ctx, NettyEventLoop loop, EngineSession session) {
        this.ctx = ctx;
        this.loop = loop;
        this.session = session;
        this.writable = ctx.channel().isWritable();
    }

    /** Returns the context of the WebSocket's handler. */
    ChannelHandlerContext ctx() {
        return ctx;
    }

    /** Returns the event loop of the connection. */
    NettyEventLoop loop() {
        return loop;
    }

    // State

    /** Returns whether the peer reads what is sent to it. Any thread. */
    boolean writable() {
        return writable;
    }

    /**
     * Called by the handler when the channel becomes writable or unwritable; Netty reports it before the write returns.
     */
    void writableChanged() {
        writable = ctx.channel().isWritable();
    }

    /** Has the queued bytes reported to the session after every flush from now on, even if a flush leaves none. */
    void reportPending() {
        reporter();
    }

    // For encoders

    @Override
    public void frame(int firstByte, Bytes payload) {
        writeHeader(reserve(FrameHeader.LONGEST + copied(payload)), firstByte, payload.length());
        add(payload);
    }

    /** {@inheritDoc} From the second connection of an event loop on, the frame is shared. */
    @Override
    public void sharedFrame(int firstByte, Bytes message, @Nullable MessageDeflate deflate) {
        SharedFrameCache<ByteBuf> cache = loop.frames();
        if (!cache.repeats(message, firstByte, deflate == null ? null : deflate.options())) {
            frame(firstByte, deflate == null ? message : deflate.deflate(message));
            return;
        }
        ByteBuf frame = cache.frame();
        if (frame == null) {
            Bytes content = deflate == null ? message : deflate.deflate(message);
            ByteBuf built = ctx.alloc().buffer(FrameHeader.LONGEST + content.length());
            writeHeader(built, firstByte, content.length());
            frame = cache.keep(built.writeBytes(content.array(), content.offset(), content.length()));
        }
        share(frame);
    }

    private static void writeHeader(ByteBuf out, int firstByte, int length) {
        out.writeByte(firstByte).writeByte(FrameHeader.secondByte(length));
        switch (FrameHeader.size(length)) {
            case 2 -> {}
            case 4 -> out.writeShort(length);
            default -> out.writeLong(length);
        }
    }

    /** Returns the number of bytes to {@link #reserve} for a message that is added by {@link #add}. */
    static int copied(Bytes message) {
        return message.length() <= SMALL ? message.length() : 0;
    }

    /**
     * Returns a buffer with space for {@code bytes}. Bytes that are written to it leave with the next flush, in order.
     */
    ByteBuf reserve(int bytes) {
        if (batch != null && batch.readableBytes() + bytes > (batchShared ? SMALL : BATCH)) {
            passBatch();
        }
        ByteBuf space = batch;
        if (space == null) {
            space = ctx.alloc().buffer(bytes);
        } else if (batchShared) {
            ByteBuf frame = space;
            space = ctx.alloc().buffer(frame.readableBytes() + bytes + MORE).writeBytes(frame);
            frame.release();
            batchShared = false;
        } else if (space.writableBytes() < bytes) {
            space.ensureWritable(bytes + MORE);
        }
        batch = space;
        flushSoon();
        return space;
    }

    /** Sends the bytes of a message: copied if small, otherwise without a copy. */
    void add(Bytes message) {
        int length = message.length();
        if (length <= SMALL) {
            reserve(length).writeBytes(message.array(), message.offset(), length);
        } else {
            passBatch();
            channelEmpty = false;
            ctx.write(Unpooled.wrappedBuffer(message.array(), message.offset(), length), ctx.voidPromise());
            flushSoon();
        }
        // Netty copies large messages when they are written: the operating system takes no bytes of the heap.
        loop.gathered(length);
    }

    /**
     * Sends a frame that other connections send too: without a copy, unless it is small and leaves together with other
     * bytes.
     */
    private void share(ByteBuf frame) {
        int length = frame.readableBytes();
        if (batch != null && length <= SMALL) {
            reserve(length).writeBytes(frame, frame.readerIndex(), length);
            loop.gathered(length);
        } else {
            passBatch();
            batch = frame.retainedDuplicate();
            batchShared = true;
            flushSoon();
        }
    }

    // For the line

    /** Sends a message through the encoders of the pipeline. */
    void encodeInPipeline(Object message) {
        channelEmpty = false;
        ctx.write(message);
        flushSoon();
    }

    /** Flushes at once. The result is done when the last byte was written to the socket. */
    ChannelFuture flushNow() {
        ByteBuf last = batch == null ? Unpooled.EMPTY_BUFFER : batch;
        batch = null;
        batchShared = false;
        unflushed = false;
        channelEmpty = false;
        return ctx.writeAndFlush(last);
    }

    /** Discards what was gathered, because the connection closed. */
    void discard() {
        writable = false;
        if (reporter != null) {
            session.unread(0);
        }
        if (batch != null) {
            batch.release();
            batch = null;
            batchShared = false;
        }
    }

    // Flushing

    @Override
    public void flushIfDirty() {
        if (unflushed) {
            unflushed = false;
            passBatch();
            ctx.flush();
            reportAfterFlush();
        }
    }

    /** Reads the channel's state twice for each flush while the peer keeps up, and creates no reporter. */
    private void reportAfterFlush() {
        channelEmpty = PendingWriteBytes.of(ctx.channel()) == 0;
        if (reporter != null || !channelEmpty) {
            reporter().report();
        }
    }

    private PendingWriteReporter reporter() {
        PendingWriteReporter known = reporter;
        if (known == null) {
            known = new PendingWriteReporter(ctx, session::unread);
            reporter = known;
        }
        return known;
    }

    private void passBatch() {
        ByteBuf full = batch;
        if (full != null) {
            batch = null;
            batchShared = false;
            channelEmpty = false;
            // Nothing awaits this write alone; if it fails, Netty fires the exception through the pipeline.
            ctx.write(full, ctx.voidPromise());
        }
    }

    private void flushSoon() {
        if (!unflushed) {
            unflushed = true;
            loop.flushSoon(this);
        }
    }
}
