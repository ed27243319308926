package io.everwire.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A lock-free queue of tasks that run one at a time. Any thread adds tasks; one thread at a time takes and runs them.
 * The queue is a single field while it is empty, which is its state nearly always, and one exchange takes a whole burst
 * of tasks.
 *
 * <p>The queue has three states. <i>Idle</i>: it is empty and no thread runs tasks. <i>Taken</i>: it is empty and a
 * thread runs tasks. <i>Filled</i>: it holds tasks, newest first, and a thread runs tasks or has been asked to.
 *
 * <p>Owners of a queue extend this class, which saves an object for each session and each socket (benchmark idle).
 */
public abstract class TaskQueue {
    private static final VarHandle NEWEST;

    static {
        try {
            NEWEST = MethodHandles.lookup().findVarHandle(TaskQueue.class, "newest", Link.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private static final Link TAKEN = new Link() {};

    /**
     * Typed, because a VarHandle that is called with a bare {@code null} looks for a conversion each time (benchmark
     * echo-deep).
     */
    private static final @Nullable Link IDLE = null;

    @SuppressWarnings("unused") // only through NEWEST
    private volatile @Nullable Link newest;

    /** A task in the queue. It belongs to one queue and is added once. */
    public abstract static class Link {
        private @Nullable Link next;

        /**
         * The sizes of this task and of all older ones; in the oldest task that {@link #take} returned, of all taken
         * tasks.
         */
        private int total;

        /** Returns the size that {@link TaskQueue#queuedSize} counts for this task, in bytes. */
        protected int size() {
            return 0;
        }

        /** Returns the next newer task that the same {@link #take} took, or null. */
        public final @Nullable Link next() {
            return next;
        }
    }

    /** Takes the queue if it is idle. The caller then runs a task before all tasks that are added from now on. */
    protected final boolean takeIfIdle() {
        return NEWEST.compareAndSet(this, IDLE, TAKEN);
    }

    /** Adds a task. Returns whether the queue was idle: the caller must then have a thread run the tasks. */
    protected final boolean add(Link link) {
        while (true) {
            Link last = (Link) NEWEST.getVolatile(this);
            link.next = last;
            link.total = sum(link.size(), last);
            if (NEWEST.compareAndSet(this, last, link)) {
                return last == null;
            }
        }
    }

    /**
     * Takes all tasks. Returns the oldest one, which leads to the others by {@link Link#next}, or null if the queue is
     * empty.
     */
    protected final @Nullable Link take() {
        Link at = (Link) NEWEST.getAndSet(this, TAKEN);
        int total = sum(0, at);
        Link oldest = null;
        while (at != null && at != TAKEN) {
            Link older = at.next;
            at.next = oldest;
            oldest = at;
            at = older;
        }
        if (oldest != null) {
            oldest.total = total;
        }
        return oldest;
    }

    /** Returns whether no task is in the queue. Any thread. */
    protected final boolean isEmpty() {
        Link last = (Link) NEWEST.getVolatile(this);
        return last == TAKEN || last == IDLE;
    }

    /** Has {@code task}, which is in no queue, follow {@code before}, as {@link #take} links them. */
    protected static void link(Link before, Link task) {
        before.next = task;
    }

    /** Returns the sizes of all tasks that {@link #take} took, given the oldest of them. */
    protected static int total(Link oldest) {
        return oldest.total;
    }

    /** Returns the sizes of all tasks in the queue. Any thread. */
    protected final int queuedSize() {
        return sum(0, (Link) NEWEST.getVolatile(this));
    }

    /** Limits the sum to the greatest int, however many tasks are added before a thread takes them. */
    private static int sum(int size, @Nullable Link last) {
        return last == null ? size : (int) Math.min(Integer.MAX_VALUE, (long) size + last.total);
    }

    /** Makes the queue idle. Returns false if it is not empty: it then stays taken. */
    protected final boolean release() {
        return NEWEST.compareAndSet(this, TAKEN, IDLE);
    }
}
