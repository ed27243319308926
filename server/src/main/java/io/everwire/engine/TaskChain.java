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
 */
public final class TaskChain {
    private static final VarHandle NEWEST;

    static {
        try {
            NEWEST = MethodHandles.lookup().findVarHandle(TaskChain.class, "newest", Link.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private static final Link TAKEN = new Link() {};

    @SuppressWarnings("unused") // only through NEWEST
    private volatile @Nullable Link newest;

    /** Something to be done. Belongs to one chain and is added once. */
    public abstract static class Link {
        private @Nullable Link next;

        /** What comes after it, once {@link #take} returned it. */
        public final @Nullable Link next() {
            return next;
        }
    }

    /** Takes the chain if it is at rest: what the caller does now comes before all that is added from now on. */
    public boolean takeIfAtRest() {
        return NEWEST.compareAndSet(this, null, TAKEN);
    }

    /** Adds a link; returns whether the chain was at rest, so that the caller must have somebody work it off. */
    public boolean add(Link link) {
        while (true) {
            Link last = (Link) NEWEST.getVolatile(this);
            link.next = last;
            if (NEWEST.compareAndSet(this, last, link)) {
                return last == null;
            }
        }
    }

    /** Takes all that waits; returns the oldest, from which the others follow. */
    public @Nullable Link take() {
        Link at = (Link) NEWEST.getAndSet(this, TAKEN);
        Link oldest = null;
        while (at != null && at != TAKEN) {
            Link older = at.next;
            at.next = oldest;
            oldest = at;
            at = older;
        }
        return oldest;
    }

    /** Puts the chain at rest; returns false if something was added since it was taken, and then it stays taken. */
    public boolean rest() {
        return NEWEST.compareAndSet(this, TAKEN, null);
    }
}
