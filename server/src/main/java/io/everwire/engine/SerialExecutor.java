package io.everwire.engine;

import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of one session in turns, one at a time, on the event loop that the session uses at the moment.
 *
 * <p>A task that is given on this event loop while the session is idle runs at once, without a queue: most messages
 * take this path. A task that a turn itself gives runs at the end of this turn, without the queue that other threads
 * share. All other tasks are queued. The event loop takes all queued tasks together, so that a burst costs one
 * hand-over.
 */
abstract class SerialExecutor extends TaskQueue {
    /** The bytes of the tasks that a turn may give itself; the others are queued, and counted by all threads. */
    private static final int MOST_OWN = 8 * 1024;

    /** The next task that {@link #work()} took and has not run yet. */
    private @Nullable SessionTask taken;

    /** The tasks that this turn has given itself. Used in turns. */
    private @Nullable SessionTask firstOwn;

    private @Nullable SessionTask lastOwn;

    /** The bytes of these tasks. Only the thread of the turn sees the latest number. */
    private int ownBytes;

    /** The thread that runs a turn. Any thread reads it, and finds itself here only while it runs one. */
    private @Nullable Thread turning;

    private volatile EventLoop loop;

    /** Begins in a turn, which the first {@link #leave} ends. */
    SerialExecutor(EventLoop loop) {
        this.loop = loop;
        takeIfIdle();
    }

    /** Returns the time, in milliseconds of any clock that only moves forward. */
    abstract long now();

    /** Runs a task. Exceptions of the task go no further. */
    abstract void perform(SessionTask task, long now);

    /** Ends a turn, or several turns without a pause, except for the tasks that were queued meanwhile. */
    abstract void turnEnds();

    /** Called at the beginning of a turn with the size of its tasks, which {@link #queuedSize} counts no longer. */
    void tasksTaken(int bytes) {}

    /**
     * Returns the event loop that it runs on now: that of its oldest WebSocket, or of the request that opened it. Any
     * thread.
     */
    public EventLoop loop() {
        return loop;
    }

    /** Moves to another event loop. Called in the session's turn. */
    void moveTo(EventLoop target) {
        loop = target;
    }

    /** Runs a task now or in a turn to come. Any thread. */
    void run(SessionTask task) {
        if (enter()) {
            long now = now();
            perform(task, now);
            leave(now);
        } else {
            submit(task);
        }
    }

    /** Begins a turn if one may begin on this thread now; {@link #leave} must end it then. */
    boolean enter() {
        if (loop.inLoop() && takeIfIdle()) {
            turning = Thread.currentThread();
            return true;
        }
        return false;
    }

    /** Ends a turn begun with {@link #enter}, after it ran the tasks that were given meanwhile. */
    void leave(long now) {
        takeOwn();
        if (taken != null || !end()) {
            work(now);
        }
    }

    /**
     * Returns whether a task of so many bytes may be given to {@link #append}: this thread runs a turn, and no task is
     * queued before it.
     */
    boolean appends(int bytes) {
        return turning == Thread.currentThread() && taken == null && isEmpty() && bytes <= MOST_OWN - ownBytes;
    }

    /** Runs a task at the end of this turn. {@link #appends} must have returned true. */
    void append(SessionTask task) {
        ownBytes += task.size();
        if (lastOwn == null) {
            firstOwn = task;
        } else {
            link(lastOwn, task);
        }
        lastOwn = task;
    }

    /** Returns the size of the tasks that wait for a turn, or for the end of this one. Any thread. */
    int waitingSize() {
        return (int) Math.min(Integer.MAX_VALUE, (long) queuedSize() + ownBytes);
    }

    /** Runs a task in a turn to come. Any thread. */
    void submit(SessionTask task) {
        if (add(task)) {
            loop.execute(this::work);
        }
    }

    /**
     * Runs the queued tasks until the queue is empty or the session has moved to another event loop. Called on the
     * event loop.
     */
    void work() {
        work(now());
    }

    /** All turns without a pause have one time: to read the clock costs more than many a turn (benchmark echo-deep). */
    private void work(long now) {
        do {
            turning = Thread.currentThread();
            if (taken == null) {
                taken = (SessionTask) take();
                tasksTaken(taken == null ? 0 : total(taken));
            }
            while (taken != null) {
                if (!loop.inLoop()) {
                    turning = null;
                    loop.execute(this::work);
                    return;
                }
                SessionTask task = taken;
                taken = (SessionTask) task.next();
                perform(task, now);
                if (taken == null) {
                    takeOwn();
                }
            }
        } while (!end());
    }

    private void takeOwn() {
        taken = firstOwn;
        firstOwn = null;
        lastOwn = null;
    }

    /** Ends a turn. Returns false if tasks were queued meanwhile. */
    private boolean end() {
        ownBytes = 0;
        // First: what is called now may give tasks, which this turn runs no longer.
        turning = null;
        turnEnds();
        return release();
    }
}
