package io.everwire.servlet;

import io.everwire.engine.EventLoop;
import io.everwire.engine.RateLimitedLog;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An event loop that borrows threads: one thread at a time holds it and runs its tasks. A container's thread that has
 * news for a session takes a free strand and runs the task itself, because a task for another thread costs more than
 * most tasks do (benchmark echo); all other threads only queue. A thread holds one strand at most, and never waits for
 * one.
 *
 * <p>A holder runs at most {@link #MANY} queued tasks in a row, or tasks for {@link #LONG_NANOS}; then another thread
 * continues, so that a busy strand does not keep a container's thread. Connections that wrote are flushed together before
 * the strand is released.
 *
 * <p>That other thread is the strand's own one, which also waits for data of connections that the container leaves to the
 * strand (see {@link #read}), or one of an executor that many strands share.
 */
final class Strand implements EventLoop {
    /** A connection with bytes that are not flushed. */
    interface Unflushed {
        /** Passes the bytes that were written since the last flush to the container. Called on the strand. */
        void flushIfDirty();
    }

    /** The queued tasks that one holder runs: enough that most bursts end without another thread. */
    static final int MANY = 64;

    /** The time after which a holder runs no further task: a container's thread has other connections, too. */
    private static final long LONG_NANOS = 1_000_000;

    /** The strands that a container's thread helps after its own one: two that queue for each other must not keep it. */
    private static final int MAX_VISITED = 4;

    /** The time after which the thread of a closed strand without tasks ends. */
    private static final long LAST_WAIT_NANOS = 20_000_000;

    /** The time that connections of a closed strand have to end. */
    private static final long LINGER_NANOS = 5_000_000_000L;

    private static final RateLimitedLog failed = new RateLimitedLog(Strand.class);

    /** Set while this thread holds a strand, or is the thread of one. */
    private static final ThreadLocal<@Nullable StrandVisit> VISIT = new ThreadLocal<>();

    private final String name;
    private final StrandTimers timers;

    /** Runs queued tasks while no thread holds the strand; null if the strand has a thread of its own. */
    private final @Nullable Executor helpers;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    private final AtomicReference<@Nullable Thread> holder = new AtomicReference<>();

    /** The strand's own thread was woken and has not looked at the queue since. */
    private volatile boolean woken;

    private volatile boolean closed;
    private volatile long closedAt;

    /** Wakes the strand's own thread. */
    private final Semaphore signal = new Semaphore(0);

    /** The strand's own thread; null while it is not started. Changed while holding this object. */
    private volatile @Nullable Thread own;

    /** Waits for data of connections; null until the first one is added. */
    private volatile @Nullable StrandSelector selector;

    /** Connections have data that the holder reads, because the strand was held when the own thread found it. */
    private volatile boolean readsQueued;

    private final StrandMemory memory = new StrandMemory();

    private final UnflushedConnections unflushed = new UnflushedConnections(memory);

    private final TurnEnds turnEnds = new TurnEnds(unflushed);

    /** A strand with a thread of its own, which starts with the first task that it runs. */
    Strand(String name, StrandTimers timers) {
        this(name, timers, null);
    }

    /** @param helpers runs tasks without a thread that holds the strand, and may discard none; null for a thread of its own */
    Strand(String name, StrandTimers timers, @Nullable Executor helpers) {
        this.name = name;
        this.timers = timers;
        this.helpers = helpers;
    }

    @Override
    public boolean inLoop() {
        return holder.get() == Thread.currentThread();
    }

    /**
     * {@inheritDoc} If this thread holds another strand, it tries to run the task after it has released that one;
     * otherwise the strand's own thread runs it.
     */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        StrandVisit visit = VISIT.get();
        if (visit == null) {
            wakeIfFree();
        } else if (!inLoop()) {
            visit.add(this);
        }
    }

    @Override
    public void atTurnEnd(Runnable task) {
        turnEnds.add(task);
    }

    @Override
    public Future<?> schedule(Runnable task, long delayMillis) {
        return timers.schedule(this, task, delayMillis);
    }

    /**
     * Runs a task that a container's thread has: at once if the strand is free and this thread holds none, otherwise in
     * the order of all tasks.
     */
    void enter(Runnable task) {
        if (VISIT.get() != null) {
            execute(task);
        } else if (!tryRun(task)) {
            tasks.add(task);
            if (take()) {
                hold(null);
            }
        }
    }

    /**
     * Runs {@code task} now if the strand is free, without a queued task, and this thread holds no strand.
     *
     * @return false if nothing was done
     */
    boolean tryRun(Runnable task) {
        if (VISIT.get() != null || !tasks.isEmpty() || !take()) {
            return false;
        }
        hold(task);
        return true;
    }

    private boolean take() {
        return holder.get() == null && holder.compareAndSet(null, Thread.currentThread());
    }

    /** Returns the objects that the connections of this strand share. Used on the strand. */
    StrandMemory memory() {
        return memory;
    }

    /** Flushes {@code writer} before the strand is released. Called on the strand, once until it is flushed. */
    void flushSoon(Unflushed writer) {
        unflushed.add(writer);
    }

    /** Counts bytes that were copied for a connection and are not flushed. Flushes at once if they are many. */
    void gathered(int bytes) {
        unflushed.gathered(bytes);
    }

    /** Ends the strand's own thread when no task is left. A later task starts another one. */
    void close() {
        closedAt = System.nanoTime();
        closed = true;
        execute(memory::release);
        synchronized (this) {
            if (own != null) {
                wake();
            }
        }
    }

    /**
     * Runs {@code readable} on the strand whenever {@code channel} has data. Called on the strand. Many connections that
     * have data cost one turn of the strand then, and one wake-up of handler threads, where a container's thread for each
     * of them costs a turn and a wake-up each (benchmark echo).
     *
     * @return ends it when it is cancelled, or the connection closed; {@link #selectionChanged} must follow
     */
    SelectionKey read(SelectableChannel channel, Runnable readable) throws IOException {
        StrandSelector known = selector;
        if (known == null) {
            known = new StrandSelector();
            selector = known;
        }
        SelectionKey key = known.add(channel, readable);
        synchronized (this) {
            wake();
        }
        return key;
    }

    /** Has the own thread wait for another set of connections: the interest of one has changed, or it was closed. */
    void selectionChanged() {
        StrandSelector known = selector;
        if (known != null && Thread.currentThread() != own) {
            known.wake();
        }
    }

    /** Waits for the end of the thread of a closed strand, at most so many milliseconds. */
    void join(long millis) throws InterruptedException {
        Thread thread;
        synchronized (this) {
            thread = own;
        }
        if (thread != null && thread != Thread.currentThread()) {
            thread.join(millis);
        }
    }

    /** Returns whether the strand's own thread runs. */
    synchronized boolean hasThread() {
        return own != null;
    }

    // Holding

    /** Runs tasks, releases the strand, and runs tasks of the strands that this thread queued for meanwhile. */
    private void hold(@Nullable Runnable first) {
        StrandVisit visit = new StrandVisit(false);
        VISIT.set(visit);
        try {
            work(first);
            int visited = 0;
            for (Strand next = visit.poll(); next != null; next = visit.poll()) {
                next.help(visited++ < MAX_VISITED);
            }
        } finally {
            VISIT.remove();
        }
    }

    /** Runs queued tasks on a thread that was about to leave, if the strand is free. */
    private void help(boolean runs) {
        if (!runs) {
            wakeIfFree();
        } else if (!tasks.isEmpty() && take()) {
            work(null);
        }
    }

    /** Runs {@code first} and queued tasks, and releases the strand. Called by its holder. */
    private void work(@Nullable Runnable first) {
        try {
            if (first != null) {
                run(first);
            }
            runTasks();
        } finally {
            holder.set(null);
            // In this order: a thread that queued a task before saw a holder, and left the task to it.
            if (!tasks.isEmpty()) {
                wakeIfFree();
            }
        }
    }

    private void runTasks() {
        long begin = 0;
        for (int count = 1; ; count++) {
            Runnable task = tasks.poll();
            if (task == null) {
                turnEnds.run();
                task = tasks.poll();
                if (task == null) {
                    return;
                }
            }
            begin = begin == 0 ? System.nanoTime() : begin;
            run(task);
            if (unflushed.size() >= MANY) {
                unflushed.flush();
            }
            if (count >= MANY || System.nanoTime() - begin > LONG_NANOS) {
                turnEnds.run();
                return;
            }
        }
    }

    static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            failed.error(e, "a task of an event loop failed");
        }
    }

    // The strand's own thread

    /** Has another thread run the queued tasks, unless a thread holds the strand. Called after a task was queued. */
    void wakeIfFree() {
        if (holder.get() == null && !woken) {
            woken = true;
            wake();
        }
    }

    private void wake() {
        if (helpers == null) {
            wakeOwn();
        } else {
            helpers.execute(this::runQueued);
        }
    }

    /** Runs queued tasks on a thread of the executor. */
    private void runQueued() {
        woken = false;
        if (!tasks.isEmpty() && take()) {
            hold(null);
        }
    }

    private synchronized void wakeOwn() {
        if (own == null) {
            own = new Thread(this::serve, name);
            own.setDaemon(true);
            own.start();
        } else {
            signal.release();
            StrandSelector known = selector;
            if (known != null) {
                known.wake();
            }
        }
    }

    private void serve() {
        VISIT.set(new StrandVisit(true));
        while (true) {
            woken = false;
            StrandSelector connections = selector;
            boolean worked = !tasks.isEmpty() && take();
            if (worked) {
                work(null);
            }
            if (connections != null && (!closed || lingers(connections))) {
                signal.drainPermits();
                if (connections.await(worked, closed)) {
                    readAll(connections);
                }
            } else if (!worked && !closed) {
                signal.acquireUninterruptibly();
                signal.drainPermits();
            } else if (!worked && isLastWait()) {
                return;
            }
        }
    }

    /** Returns whether connections are still to be read after {@link #close}: they have sent a close frame. */
    private boolean lingers(StrandSelector connections) {
        return connections.hasConnections() && System.nanoTime() - closedAt < LINGER_NANOS;
    }

    /** Reads the connections that have data, or has the thread do it that holds the strand, and waits for that. */
    private void readAll(StrandSelector connections) {
        if (take()) {
            work(() -> read(connections));
            return;
        }
        readsQueued = true;
        tasks.add(() -> {
            read(connections);
            readsQueued = false;
            signal.release();
        });
        while (readsQueued) {
            woken = false;
            if (!tasks.isEmpty() && take()) {
                work(null);
            } else {
                signal.acquireUninterruptibly();
            }
        }
    }

    private static void read(StrandSelector connections) {
        List<Runnable> ready = connections.ready();
        for (Runnable readable : ready) {
            run(readable);
        }
        ready.clear();
    }

    /** Waits for a last task; then the thread ends. */
    private boolean isLastWait() {
        try {
            if (signal.tryAcquire(LAST_WAIT_NANOS, TimeUnit.NANOSECONDS)) {
                return false;
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread but an application that ends all threads; it ends by itself.
            return false;
        }
        synchronized (this) {
            if (woken || !tasks.isEmpty()) {
                return false;
            }
            own = null;
            closeSelector();
            return true;
        }
    }

    private void closeSelector() {
        StrandSelector known = selector;
        selector = null;
        if (known != null) {
            known.close();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
