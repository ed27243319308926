package io.everwire.netty;

import io.everwire.engine.EngineSession;
import io.everwire.engine.HostLine;
import io.everwire.protocol.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that one WebSocket sends. Small messages are gathered in one buffer, large ones passed on without a copy, and
 * all of it is flushed once, when what runs on the loop now has run. Used on the loop
 * only, but for {@link #writable}.
 *
 * <p>It is a part of its line, not an object beside it: each connection has one, and a broadcast looks at both (benchmarks idle and
 * fanout).
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells failures through the pipeline.
abstract sealed class WebSocketWriter implements NettyEventLoop.Unflushed permits NettyLine {
    /** Messages up to this size are copied: that costs less than a buffer and a system call's entry of their own. */
    private static final int SMALL = 8 * 1024;

    /** So much is gathered before it is passed on, to be counted as waiting. */
    private static final int BATCH = 64 * 1024;

    /** Where a second message is gathered, more are likely: room for so much more of them is made at once (benchmark fanout-deep). */
    private static final int MORE = 1024;

    final ChannelHandlerContext ctx;
    final NettyEventLoop loop;
    final NettyOptions options;
    final EngineSession slot;

    /** There since the peer once did not take all, or what it is sent is counted: then what is left is told after each flush. */
    private @Nullable PendingWriteReporter leftover;

    /**
     * What the channel said last. To ask it for each message of a broadcast would bring its parts into the cache, which they
     * have left again when it is flushed (benchmark fanout).
     */
    private volatile boolean writable;

    /** Whether the channel has nothing left of what was passed on: as with {@link #writable}, it is not asked then. */
    private boolean settled;

    private boolean dirty;
    private @Nullable ByteBuf batch;
    /** Whether what is in the batch is others', too: it is read only. */
    private boolean shared;

    WebSocketWriter(ChannelHandlerContext ctx, NettyEventLoop loop, NettyOptions options, EngineSession slot) {
        this.slot = slot;
        this.ctx = ctx;
        this.loop = loop;
        this.options = options;
        this.writable = ctx.channel().isWritable();
    }

    /** See {@link HostLine#eventLoop}. */
    public NettyEventLoop eventLoop() {
        return loop;
    }

    /** See {@link HostLine#tellUnread}. */
    public void tellUnread() {
        leftover();
    }

    /** How many bytes of {@link #room} a message takes. */
    static int copied(Bytes message) {
        return message.length() <= SMALL ? message.length() : 0;
    }

    /** Whether the peer takes what is sent. Any thread. */
    public boolean writable() {
        return writable;
    }

    /** The channel says so: it calls this before it returns from what changed it. */
    void writableChanged() {
        writable = ctx.channel().isWritable();
    }

    /** Whether so much waits for the peer that it is given up. */
    boolean stuck() {
        int gathered = batch == null ? 0 : batch.readableBytes();
        long passed = settled ? 0 : PendingWriteBytes.of(ctx.channel());
        return passed + gathered > options.maxPendingOutput();
    }

    /** Sends something through the pipeline, for whoever encodes it there. */
    void pass(Object message) {
        settled = false;
        ctx.write(message);
        touch();
    }

    /** Where to write so many bytes at most, that leave with everything else. */
    ByteBuf room(int bytes) {
        if (batch != null && batch.readableBytes() + bytes > (shared ? SMALL : BATCH)) {
            passBatch();
        }
        ByteBuf room = batch;
        if (room == null) {
            room = ctx.alloc().buffer(bytes);
        } else if (shared) {
            ByteBuf others = room;
            room = ctx.alloc().buffer(others.readableBytes() + bytes + MORE).writeBytes(others);
            others.release();
            shared = false;
        } else if (room.writableBytes() < bytes) {
            room.ensureWritable(bytes + MORE);
        }
        batch = room;
        touch();
        return room;
    }

    /** Sends a frame that others are sent as well: without a copy, unless it is small and something else leaves with it. */
    void share(ByteBuf frame) {
        int length = frame.readableBytes();
        if (batch != null && length <= SMALL) {
            room(length).writeBytes(frame, frame.readerIndex(), length);
        } else {
            passBatch();
            batch = frame.retainedDuplicate();
            shared = true;
            touch();
        }
    }

    /** Adds the bytes of a message, with a copy if it is small. */
    void add(Bytes message) {
        int length = message.length();
        if (length <= SMALL) {
            room(length).writeBytes(message.array(), message.offset(), length);
        } else {
            passBatch();
            settled = false;
            ctx.write(Unpooled.wrappedBuffer(message.array(), message.offset(), length), ctx.voidPromise());
            touch();
        }
    }

    @Override
    public void flushIfDirty() {
        if (dirty) {
            dirty = false;
            passBatch();
            ctx.flush();
            tellLeftover();
        }
    }

    /** Two looks at the channel for each flush, if the peer keeps up. */
    private void tellLeftover() {
        settled = PendingWriteBytes.of(ctx.channel()) == 0;
        if (leftover == null && settled) {
            return;
        }
        leftover().look();
    }

    private PendingWriteReporter leftover() {
        PendingWriteReporter known = leftover;
        if (known == null) {
            known = new PendingWriteReporter(ctx, slot::unread);
            leftover = known;
        }
        return known;
    }

    /** Flushes; the result is done when the last byte left. */
    ChannelFuture finish() {
        ByteBuf last = batch == null ? Unpooled.EMPTY_BUFFER : batch;
        batch = null;
        shared = false;
        dirty = false;
        settled = false;
        return ctx.writeAndFlush(last);
    }

    /** Forgets what was not passed on; nothing more is taken. */
    void release() {
        writable = false;
        if (leftover != null) {
            slot.unread(0);
        }
        if (batch != null) {
            batch.release();
            batch = null;
            shared = false;
        }
    }

    private void passBatch() {
        ByteBuf full = batch;
        if (full != null) {
            batch = null;
            shared = false;
            settled = false;
            // Nobody waits for this write by itself; if it fails, the pipeline hears of it.
            ctx.write(full, ctx.voidPromise());
        }
    }

    private void touch() {
        if (!dirty) {
            dirty = true;
            loop.flushSoon(this);
        }
    }
}
