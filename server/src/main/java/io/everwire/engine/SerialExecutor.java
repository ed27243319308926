package io.everwire.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be done one at a time: any thread adds to it, one thread at a time works it off. It is one field while
 * nothing happens, which is nearly always, and takes a whole burst with one exchange.
 *
 * <p>Three states: <i>at rest</i>; <i>taken</i>, somebody works and nothing waits; or tasks hang in it, newest first, and
 * somebody works or has been asked to.
 *
 * <p>What has one extends it: that is an object less for each session and each socket (benchmark idle).
 */
public abstract class SerialExecutor {
    private static final VarHandle NEWEST;

    static {
        try {
            NEWEST = MethodHandles.lookup().findVarHandle(SerialExecutor.class, "newest", Link.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private static final Link TAKEN = new Link() {};

    /** With a type: a VarHandle called with a bare {@code null} looks for a conversion each time (benchmark echo-deep). */
    private static final @Nullable Link AT_REST = null;

    @SuppressWarnings("unused") // only through NEWEST
    private volatile @Nullable Link newest;

    /** Something to be done. Belongs to one chain and is added once. */
    public abstract static class Link {
        private @Nullable Link next;

        /** The sizes of this one and of those it hangs before; once taken, of all that were taken with it if it is the oldest. */
        private int total;

        /** How much it counts for in {@link SerialExecutor#hanging}. */
        protected int size() {
            return 0;
        }

        /** What comes after it, once {@link #take} returned it. */
        public final @Nullable Link next() {
            return next;
        }
    }

    /** Takes the chain if it is at rest: what the caller does now comes before all that is added from now on. */
    protected final boolean takeIfAtRest() {
        return NEWEST.compareAndSet(this, AT_REST, TAKEN);
    }

    /** Adds a link; returns whether the chain was at rest, so that the caller must have somebody work it off. */
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

    /** Takes all that waits; returns the oldest, from which the others follow. */
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

    /** The sizes of all that {@link #take} took, given the oldest of it. */
    protected static int total(Link oldest) {
        return oldest.total;
    }

    /** The sizes of all that waits to be taken. Any thread. */
    protected final int hanging() {
        return sum(0, (Link) NEWEST.getVolatile(this));
    }

    /** At most the greatest int, whatever a thread adds before somebody works it off. */
    private static int sum(int size, @Nullable Link last) {
        return last == null ? size : (int) Math.min(Integer.MAX_VALUE, (long) size + last.total);
    }

    /** Puts the chain at rest; returns false if something was added since it was taken, and then it stays taken. */
    protected final boolean rest() {
        return NEWEST.compareAndSet(this, TAKEN, AT_REST);
    }
}
