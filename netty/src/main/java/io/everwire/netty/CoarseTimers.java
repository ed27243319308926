package io.everwire.netty;

import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The timers of one event loop that may be a little late: those that fall due within a twentieth of a second go off together. Ten
 * thousand clients that want a heartbeat then wake the loop twenty times a second, and each costs an entry in a list instead
 * of a task in Netty's queue (benchmark {@code idle}). Used on the loop only, but for {@link Future#cancel}.
 */
final class CoarseTimers {
    /** How late a timer may be, in milliseconds. */
    static final long GRAIN = 50;

    /** What is awaited for less than this, in milliseconds, is none of these: it may want to be on time. */
    static final long LEAST = 1_000;

    private static final Logger log = LoggerFactory.getLogger(CoarseTimers.class);

    private final EventLoop loop;
    private final Map<Long, Moment> moments = new HashMap<>();

    CoarseTimers(EventLoop loop) {
        this.loop = loop;
    }

    /** Runs {@code task} after {@code delayMillis}; of the result nothing can be had but that it is cancelled. */
    Future<?> schedule(Runnable task, long delayMillis) {
        long due = Math.floorDiv(now() + delayMillis, GRAIN) + 1;
        Moment moment = moments.get(due);
        if (moment == null) {
            moment = new Moment(due);
            moments.put(due, moment);
        }
        return moment.add(task);
    }

    /** How many moments are awaited. */
    int size() {
        return moments.size();
    }

    private long now() {
        return TimeUnit.NANOSECONDS.toMillis(loop.ticker().nanoTime());
    }

    /** A ring of the timers that go off together, of which this is a part that never does. */
    private final class Moment extends Timer {
        private final long due;
        private final Future<?> awaited;

        Moment(long due) {
            super(null, null);
            this.due = due;
            this.awaited = loop.schedule(this::expire, due * GRAIN - now(), TimeUnit.MILLISECONDS);
        }

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
                first.goOff();
            }
        }

        void left(Timer timer) {
            if (loop.inEventLoop()) {
                timer.leave();
                if (after == this && moments.remove(due, this)) {
                    awaited.cancel(false);
                }
            } else {
                loop.execute(() -> left(timer));
            }
        }
    }

    /** One timer. Small, because each connection has one as long as it lives. */
    private static sealed class Timer implements Future<Void> permits Moment {
        Timer before = this;
        Timer after = this;
        private final @Nullable Moment moment;
        private volatile @Nullable Runnable task;

        Timer(@Nullable Runnable task, @Nullable Moment moment) {
            this.task = task;
            this.moment = moment;
        }

        final void leave() {
            before.after = after;
            after.before = before;
            before = this;
            after = this;
        }

        final void goOff() {
            Runnable due = task;
            task = null;
            if (due != null) {
                try {
                    due.run();
                } catch (RuntimeException | Error e) {
                    log.error("a timer failed", e);
                }
            }
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            boolean waits = task != null;
            task = null;
            if (waits && moment != null) {
                moment.left(this);
            }
            return waits;
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
            throw new UnsupportedOperationException("nobody may wait for a timer of a loop");
        }

        @Override
        public @Nullable Void get(long timeout, TimeUnit unit) {
            return get();
        }
    }
}
