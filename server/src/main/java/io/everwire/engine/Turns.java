package io.everwire.engine;

import org.jspecify.annotations.Nullable;

/**
 * What happens to one session happens in turns, one at a time, on the loop it runs on at the moment.
 *
 * <p>A turn that begins on that loop while the session is at rest runs at once, without a queue: the usual way of a message. All
 * others wait in the chain that this is, which the loop takes at once, so that a burst costs one hand-over.
 */
abstract class Turns extends SerialExecutor {
    /** What {@link #work()} took and has not done yet. */
    private @Nullable SessionTask taken;

    private volatile EventLoop loop;

    /** In a turn, which ends with the first {@link #leave}. */
    Turns(EventLoop loop) {
        this.loop = loop;
        takeIfAtRest();
    }

    /** The time, in milliseconds of any clock that only goes forward. */
    abstract long now();

    /** What waited is taken, which counted for so many bytes. */
    abstract void begins(int bytes);

    /** Does a task; what that throws gets no further. */
    abstract void perform(SessionTask task, long now);

    /** A turn, or several that followed each other, is over but for what came meanwhile. */
    abstract void ends();

    EventLoop loop() {
        return loop;
    }

    /** Goes on on another loop; called in a turn. */
    void moveTo(EventLoop home) {
        loop = home;
    }

    /** Has a task done, now or in its turn. Any thread. */
    void run(SessionTask task) {
        if (enter()) {
            long now = now();
            perform(task, now);
            leave(now);
        } else {
            submit(task);
        }
    }

    /** Begins a turn if one may begin here and now; then {@link #leave} must end it. */
    boolean enter() {
        return loop.inLoop() && takeIfAtRest();
    }

    /** Ends a turn begun with {@link #enter}: what came meanwhile is worked off first. */
    void leave(long now) {
        ends();
        if (!rest()) {
            work(now);
        }
    }

    /** Has a task done in its turn. Any thread. */
    void submit(SessionTask task) {
        if (add(task)) {
            loop.execute(this::work);
        }
    }

    /** Works off what waits, until nothing does or the session has moved to another loop. Called on the loop. */
    void work() {
        work(now());
    }

    /** What takes turns together happens at one time: to look at the clock costs more than many a turn (benchmark echo-deep). */
    private void work(long now) {
        do {
            if (taken == null) {
                taken = (SessionTask) take();
                begins(taken == null ? 0 : total(taken));
            }
            while (taken != null) {
                if (!loop.inLoop()) {
                    loop.execute(this::work);
                    return;
                }
                SessionTask task = taken;
                taken = (SessionTask) task.next();
                perform(task, now);
            }
            ends();
        } while (!rest());
    }
}
