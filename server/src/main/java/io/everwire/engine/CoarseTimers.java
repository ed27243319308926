package io.everwire.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one event loop that may be slightly late. Used on the event loop only, except {@link Future#cancel}.
 *
 * <p>Timers that are due within {@link #GRAIN} run together. The heartbeats of ten thousand clients then wake the loop
 * twenty times a second, and each timer costs an entry of a list instead of a task in the queue of the loop's library
 * (benchmark {@code idle}).
 */
public final class CoarseTimers {
    /** The event loop of these timers. Implemented by hosts. */
    public interface Loop {
        /** Returns the time, in milliseconds with an arbitrary start, by the clock of {@link #wakeAfter}. */
        long now();

        /** See {@link EventLoop#inLoop}. */
        boolean inLoop();

        /**
         * See {@link EventLoop#execute}.
         *
         * @throws RejectedExecutionException if no timer of this event loop expires any more
         */
        void execute(Runnable task);

        /** Runs {@code task} on the event loop after {@code delayMillis}. The result serves only to cancel it. */
        Future<?> wakeAfter(Runnable task, long delayMillis);
    }

    /** The longest delay of a timer, in milliseconds. */
    public static final long GRAIN = 50;

    /** The shortest time, in milliseconds, for which these timers are used: shorter ones may have to be exact. */
    public static final long LEAST = 1_000;

    private static final RateLimitedLog failed = new RateLimitedLog(CoarseTimers.class);

    private final Loop loop;
    private final Map<Long, Moment> moments = new HashMap<>();

    /** Creates the timers of one event loop. */
    public CoarseTimers(Loop loop) {
        this.loop = loop;
    }

    /** Runs {@code task} after {@code delayMillis}, or up to {@link #GRAIN} later. The result can only be cancelled. */
    public Future<?> schedule(Runnable task, long delayMillis) {
        long due = Math.floorDiv(loop.now() + delayMillis, GRAIN) + 1;
        Moment moment = moments.get(due);
        if (moment == null) {
            moment = new Moment(due);
            moments.put(due, moment);
        }
        return moment.add(task);
    }

    /** Returns the number of moments that are awaited. */
    int size() {
        return moments.size();
    }

    /** The timers that run together, linked to a ring. The moment itself is the member of the ring that never runs. */
    private final class Moment extends Timer {
        private final long due;
        private final Future<?> awaited;

        Moment(long due) {
            super(null, null);
            this.due = due;
            this.awaited = loop.wakeAfter(this::expire, due * GRAIN - loop.now());
        }

        /** Adds a timer at the end of the ring. */
        Timer add(Runnable task) {
            Timer timer = new Timer(task, this);
            timer.before = before;
            timer.after = this;
            before.after = timer;
            before = timer;
            return timer;
        }

        private void expire() {
            moments.remove(due, this);
            while (after != this) {
                Timer first = after;
                first.leave();
                first.runTask();
            }
        }

        /** Removes a timer that was cancelled, and the moment with its last timer. Any thread. */
        void cancelled(Timer timer) {
            if (loop.inLoop()) {
                timer.leave();
                if (after == this && moments.remove(due, this)) {
                    awaited.cancel(false);
                }
            } else {
                try {
                    loop.execute(() -> cancelled(timer));
                } catch (RejectedExecutionException shutDown) {
                    // No timer of this event loop expires any more.
                    timer.task = null;
                }
            }
        }
    }

    /** One timer. Small, because each connection has one for its whole life (benchmark {@code idle}). */
    private static sealed class Timer implements Future<Void> permits Moment {
        Timer before = this;
        Timer after = this;
        private final @Nullable Moment moment;
        private volatile @Nullable Runnable task;

        Timer(@Nullable Runnable task, @Nullable Moment moment) {
            this.task = task;
            this.moment = moment;
        }

        /** Leaves the ring. Does nothing outside of one. */
        final void leave() {
            before.after = after;
            after.before = before;
            before = this;
            after = this;
        }

        /** Runs the task, unless it was cancelled. */
        final void runTask() {
            Runnable due = task;
            task = null;
            if (due != null) {
                try {
                    due.run();
                } catch (RuntimeException | Error e) {
                    failed.error(e, "a timer failed");
                }
            }
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            boolean waiting = task != null;
            task = null;
            if (waiting && moment != null) {
                moment.cancelled(this);
            }
            return waiting;
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public boolean isDone() {
            return task == null;
        }

        @Override
        public @Nullable Void get() {
            throw new UnsupportedOperationException("a timer of an event loop cannot be awaited");
        }

        @Override
        public @Nullable Void get(long timeout, TimeUnit unit) {
            return get();
        }
    }
}
