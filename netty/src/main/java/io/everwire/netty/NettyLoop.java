package io.everwire.netty;

import io.everwire.engine.Loop;
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
 * An event loop as the engine sees it, and where the lines that wrote something wait to be flushed together. There is
 * one for each event loop: sessions compare loops by identity.
 */
final class NettyLoop implements Loop {
    /** Both ends weak: whoever uses a loop holds its instance, so none can come to be twice while one is in use. */
    private static final Map<EventLoop, WeakReference<NettyLoop>> ALL = new WeakHashMap<>();

    /**
     * Where what is left of sessions ends, once their event loop has: connections of two loops do not end at one
     * moment.
     */
    private static final EventExecutor AFTERWARDS = GlobalEventExecutor.INSTANCE;

    private final EventLoop eventLoop;
    private List<NettyLine> dirty = new ArrayList<>();
    private List<NettyLine> flushing = new ArrayList<>();

    private NettyLoop(EventLoop eventLoop) {
        this.eventLoop = eventLoop;
    }

    /** The one of {@code eventLoop}. Any thread; asked once for each connection. */
    static NettyLoop of(EventLoop eventLoop) {
        synchronized (ALL) {
            WeakReference<NettyLoop> known = ALL.get(eventLoop);
            NettyLoop loop = known == null ? null : known.get();
            if (loop == null) {
                loop = new NettyLoop(eventLoop);
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
        return executor.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
    }

    /** Flushes {@code line} when what runs on this loop now has run. Called on the loop, once until it was flushed. */
    void flushSoon(NettyLine line) {
        dirty.add(line);
        if (dirty.size() == 1) {
            execute(this::flushDirty);
        }
    }

    private void flushDirty() {
        List<NettyLine> lines = dirty;
        dirty = flushing;
        flushing = lines;
        for (NettyLine line : lines) {
            line.flushIfDirty();
        }
        lines.clear();
    }
}
