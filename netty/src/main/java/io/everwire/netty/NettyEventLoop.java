package io.everwire.netty;

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
 * An event loop as the engine sees it, and where whatever wrote something waits to be flushed together. There is
 * one for each event loop: sessions compare loops by identity.
 */
final class NettyEventLoop implements io.everwire.engine.EventLoop {
    /** What wrote something on this loop that is not flushed yet. */
    interface Unflushed {
        /** Flushes what was written since the last time. Called on the loop. */
        void flushIfDirty();
    }

    /** So many connections are read in less than a millisecond, at some 10 µs for each (benchmark {@code echo}). */
    private static final int MANY = 64;

    /** Both ends weak: whoever uses a loop holds its instance, so none can come to be twice while one is in use. */
    private static final Map<EventLoop, WeakReference<NettyEventLoop>> ALL = new WeakHashMap<>();

    /**
     * Where what is left of sessions ends, once their event loop has: connections of two loops do not end at one
     * moment.
     */
    private static final EventExecutor AFTERWARDS = GlobalEventExecutor.INSTANCE;

    private final EventLoop eventLoop;
    private final CoarseTimers timers;
    private final SharedFrameCache lastFrame = new SharedFrameCache();
    private List<Unflushed> dirty = new ArrayList<>();
    private List<Unflushed> flushing = new ArrayList<>();

    private NettyEventLoop(EventLoop eventLoop) {
        this.eventLoop = eventLoop;
        this.timers = new CoarseTimers(eventLoop);
    }

    /** The one of {@code eventLoop}. Any thread; asked once for each connection. */
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
        EventExecutor executor = eventLoop.isShutdown() ? AFTERWARDS : eventLoop;
        if (delayMillis >= CoarseTimers.LEAST && executor == eventLoop && eventLoop.inEventLoop()) {
            return timers.schedule(task, delayMillis);
        }
        return executor.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
    }

    /** What was written last, as long as it is not flushed. Used on the loop, by who is flushed with it. */
    SharedFrameCache lastFrame() {
        return lastFrame;
    }

    /** Flushes {@code writer} when what runs on this loop now has run. Called on the loop, once until it was flushed. */
    void flushSoon(Unflushed writer) {
        dirty.add(writer);
        if (dirty.size() == 1) {
            execute(this::flushDirty);
        }
    }

    /** Flushes once so many wait for it that the first has waited long enough. Called on the loop, when a connection was read. */
    void flushIfMany() {
        if (dirty.size() >= MANY) {
            flushDirty();
        }
    }

    private void flushDirty() {
        lastFrame.forget();
        List<Unflushed> writers = dirty;
        dirty = flushing;
        flushing = writers;
        for (Unflushed writer : writers) {
            writer.flushIfDirty();
        }
        writers.clear();
    }
}
