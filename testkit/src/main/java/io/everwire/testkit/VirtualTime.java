package io.everwire.testkit;

import io.everwire.engine.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes when a test advances it, and event loops that run on it.
 *
 * <p>Tasks of all loops run one at a time, in the order added. A task that a test adds runs before {@code execute}
 * returns, together with all tasks that it causes: a test looks at results without waiting for them. Any thread may use
 * it; a thread that adds a task while another thread runs tasks leaves its task to that thread.
 */
public final class VirtualTime {
    /** The limit of tasks at one point in time: more count as an endless loop. */
    private static final int MAX_TASKS_AT_ONCE = 1_000_000;

    private final Deque<Turn> turns = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::time).thenComparingLong(Timer::order));
    private long timersMade;
    // Not zero: code that assumes a start at zero must fail here.
    private volatile long now = 1_000_000;
    private volatile @Nullable Thread worker;
    private volatile @Nullable VirtualLoop running;
    private @Nullable Throwable failure;

    private record Turn(@Nullable VirtualLoop loop, Runnable task) {}

    private record Timer(long time, long order, VirtualLoop loop, Runnable task, CompletableFuture<Void> done) {}

    /** Creates a time that only {@link #advance} moves. */
    public VirtualTime() {}

    /** Returns milliseconds since an arbitrary start. */
    public long now() {
        return now;
    }

    /** Returns a new event loop: a thread of a host, or any executor that runs tasks in order. */
    @SuppressWarnings("exports") // EventLoop is internal; tests only pass it on.
    public EventLoop newLoop() {
        return new VirtualLoop();
    }

    /**
     * Lets time pass. Timers that are due meanwhile run at their time, in order.
     *
     * @throws IllegalArgumentException if {@code duration} is negative
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("duration: " + duration + " is negative");
        }
        long target = now + duration.toMillis();
        for (Timer due = due(target); due != null; due = due(target)) {
            now = Math.max(now, due.time);
            Timer timer = due;
            due.loop.execute(() -> {
                if (timer.done.complete(null)) {
                    timer.task.run();
                }
            });
        }
        now = target;
    }

    /**
     * Runs {@code actions} without other tasks in between; the tasks that they cause run afterwards, before this method
     * returns.
     */
    public void atOnce(Runnable actions) {
        add(new Turn(null, actions));
    }

    /** Returns the number of timers. Closed sessions must leave none. */
    public int timers() {
        synchronized (this) {
            timers.removeIf(timer -> timer.done.isDone());
            return timers.size();
        }
    }

    private synchronized @Nullable Timer due(long target) {
        Timer earliest = timers.peek();
        while (earliest != null && earliest.done.isDone()) {
            timers.remove();
            earliest = timers.peek();
        }
        return earliest == null || earliest.time > target ? null : timers.remove();
    }

    private void add(Turn turn) {
        synchronized (this) {
            turns.add(turn);
            if (worker != null) {
                return;
            }
            worker = Thread.currentThread();
        }
        work();
    }

    private void work() {
        int done = 0;
        for (Turn turn = next(); turn != null; turn = next()) {
            running = turn.loop;
            try {
                if (++done > MAX_TASKS_AT_ONCE) {
                    throw new AssertionError("the tasks of one point in time cause each other without end");
                }
                turn.task.run();
            } catch (RuntimeException | Error e) {
                failed(e);
            }
        }
        rethrow();
    }

    private synchronized @Nullable Turn next() {
        Turn next = turns.poll();
        if (next == null) {
            running = null;
            worker = null;
        }
        return next;
    }

    /** Records an exception of a task. It is thrown later, after all queued tasks have run. */
    private synchronized void failed(Throwable thrown) {
        if (failure == null) {
            failure = thrown;
        } else if (failure != thrown) {
            failure.addSuppressed(thrown);
        }
    }

    private void rethrow() {
        Throwable thrown;
        synchronized (this) {
            thrown = failure;
            failure = null;
        }
        if (thrown instanceof Error error) {
            throw error;
        } else if (thrown != null) {
            throw (RuntimeException) thrown;
        }
    }

    private final class VirtualLoop implements EventLoop {
        @Override
        public boolean inLoop() {
            return Thread.currentThread() == worker && running == this;
        }

        @Override
        public void execute(Runnable task) {
            add(new Turn(this, task));
        }

        @Override
        public Future<?> schedule(Runnable task, long delayMillis) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            synchronized (VirtualTime.this) {
                timers.add(new Timer(now + Math.max(0, delayMillis), timersMade++, this, task, done));
            }
            return done;
        }
    }
}
