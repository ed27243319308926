package io.everwire.netty;

import io.everwire.engine.CoarseTimers;
import io.everwire.engine.RateLimitedLog;
import io.everwire.engine.frames.SharedFrameCache;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * An event loop of Netty as the engine sees it. Also flushes the connections that wrote something, all of them
 * together.
 *
 * <p>Each event loop has one instance, because sessions compare their loops by identity.
 */
final class NettyEventLoop implements io.everwire.engine.EventLoop {
    /** A writer with bytes that are not flushed. */
    interface Unflushed {
        /** Flushes the bytes that were written since the last flush, if any. Called on the event loop. */
        void flushIfDirty();
    }

    private static final RateLimitedLog failed = new RateLimitedLog(NettyEventLoop.class);

    /**
     * The number of connections that are read in less than a millisecond, at about 10 µs for each (benchmark
     * {@code echo}).
     */
    private static final int MANY = 64;

    /**
     * The bytes that are gathered before a flush, at most: a broadcast to thousands of connections must not need memory
     * for all of its copies at one moment.
     */
    private static final int MAX_UNFLUSHED = 1024 * 1024;

    /**
     * Weak at both ends: every user of an event loop holds its instance, so that no second one is created meanwhile.
     */
    private static final Map<EventLoop, WeakReference<NettyEventLoop>> ALL = new WeakHashMap<>();

    /**
     * Runs the last tasks of sessions whose event loop has shut down: two event loops do not shut down at one moment.
     */
    private static final EventExecutor AFTERWARDS = GlobalEventExecutor.INSTANCE;

    private final EventLoop eventLoop;
    private final CoarseTimers timers;
    private final SharedFrameCache<ByteBuf> frames = new SharedFrameCache<>(ByteBuf::release);
    private final BufferInput input = new BufferInput();
    private List<Unflushed> unflushed = new ArrayList<>();
    private int unflushedBytes;
    private boolean inFlush;

    /**
     * The writers that are being flushed; exchanged with {@link #unflushed}, so that no list is created for a flush.
     */
    private List<Unflushed> flushing = new ArrayList<>();

    private NettyEventLoop(EventLoop eventLoop) {
        this.eventLoop = eventLoop;
        this.timers = new CoarseTimers(new TimerLoop(eventLoop));
    }

    /** Returns the instance of {@code eventLoop}. Any thread; called once for each connection. */
    static NettyEventLoop of(EventLoop eventLoop) {
        synchronized (ALL) {
            WeakReference<NettyEventLoop> known = ALL.get(eventLoop);
            NettyEventLoop loop = known == null ? null : known.get();
            if (loop == null) {
                loop = new NettyEventLoop(eventLoop);
                ALL.put(eventLoop, new WeakReference<>(loop));
            }
            return loop;
        }
    }

    @Override
    public boolean inLoop() {
        return eventLoop.inEventLoop() || (eventLoop.isShutdown() && AFTERWARDS.inEventLoop());
    }

    /** {@inheritDoc} Also runs tasks after the event loop has shut down, on a thread that is common to all loops. */
    @Override
    public void execute(Runnable task) {
        try {
            eventLoop.execute(task);
        } catch (RejectedExecutionException shutDown) {
            AFTERWARDS.execute(task);
        }
    }

    @Override
    public Future<?> schedule(Runnable task, long delayMillis) {
        if (delayMillis >= CoarseTimers.LEAST && eventLoop.inEventLoop() && !eventLoop.isShuttingDown()) {
            return timers.schedule(task, delayMillis);
        }
        try {
            return eventLoop.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException shutDown) {
            return AFTERWARDS.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
        }
    }

    /** Returns the time by the clock of the event loop, in milliseconds with an arbitrary start. */
    long now() {
        return TimeUnit.NANOSECONDS.toMillis(eventLoop.ticker().nanoTime());
    }

    /** Returns the cache of frames that several connections send. Its content is discarded before a flush. */
    SharedFrameCache<ByteBuf> frames() {
        return frames;
    }

    /** Returns the input of the decoders of this event loop. */
    BufferInput input() {
        return input;
    }

    /**
     * Flushes {@code writer} after the tasks that run now. Called on the event loop, once until {@code writer} is
     * flushed.
     */
    void flushSoon(Unflushed writer) {
        unflushed.add(writer);
        if (unflushed.size() == 1) {
            execute(this::flush);
        }
    }

    /**
     * Counts bytes that were copied for a connection and are not flushed. Flushes at once if they are many; called after
     * the bytes were written.
     */
    void gathered(int bytes) {
        unflushedBytes += bytes;
        if (unflushedBytes > MAX_UNFLUSHED && !inFlush) {
            flush();
        }
    }

    /** Flushes at once if so many writers are unflushed that the first one has waited long. Called after a read. */
    void flushIfMany() {
        if (unflushed.size() >= MANY) {
            flush();
        }
    }

    /** Flushes one writer. Its failure is no reason to leave the others unflushed. */
    private static void flush(Unflushed writer) {
        try {
            writer.flushIfDirty();
        } catch (RuntimeException | Error e) {
            failed.error(e, "a connection could not be flushed");
        }
    }

    /** The event loop as its timers see it. */
    private record TimerLoop(EventLoop eventLoop) implements CoarseTimers.Loop {
        @Override
        public long now() {
            return TimeUnit.NANOSECONDS.toMillis(eventLoop.ticker().nanoTime());
        }

        @Override
        public boolean inLoop() {
            return eventLoop.inEventLoop();
        }

        @Override
        public void execute(Runnable task) {
            eventLoop.execute(task);
        }

        @Override
        public Future<?> wakeAfter(Runnable task, long delayMillis) {
            return eventLoop.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void flush() {
        if (inFlush) {
            return;
        }
        inFlush = true;
        unflushedBytes = 0;
        frames.discard();
        List<Unflushed> writers = unflushed;
        unflushed = flushing;
        flushing = writers;
        try {
            for (Unflushed writer : writers) {
                flush(writer);
            }
        } finally {
            writers.clear();
            inFlush = false;
        }
    }
}
