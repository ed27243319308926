package io.everwire.engine;

import io.everwire.protocol.ReachedLimit;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Limits the memory of one kind that all clients hold together, in bytes of the JVM. Above the limit the clients that
 * hold most are evicted until an eighth is free again: clients that use the memory pay, not the clients that come last.
 * Only clients with a kilobyte or more are known here, and each reports only changes of that size, so that all others
 * cost nothing. Any thread; approximate while several threads change it at one moment.
 */
public final class MemoryBudget {
    /** The smallest number of bytes that is reported: a connection costs as much anyway. */
    public static final int STEP = 1024;

    private static final long CURRENT = -1;

    private final String option;
    private final long most;
    private final LimitLog log;
    private final @Nullable Listener listener;
    private final LongAdder held = new LongAdder();

    /** The part of {@link #held} that evicted clients still hold: it is about to be free. */
    private final LongAdder leaving = new LongAdder();

    private final Set<Holder> holders = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean relieving = new AtomicBoolean();

    /**
     * Clients are evicted above this number of bytes that stay held. Greater than the limit only while no client is left
     * to evict: then not every change looks for one.
     */
    private volatile long alarm;

    /** Is notified of changes. Any thread. */
    interface Listener {
        /** The bytes held in all have changed by {@code delta}. */
        void changed(long delta);

        /** A client with this number of bytes is about to be evicted. */
        void evicted(long bytes);
    }

    /** A client that holds memory. */
    public abstract static class Holder {
        /** Changed only while this object is locked. */
        private volatile long held;

        /** Changed only while this object is locked. */
        private volatile boolean evicted;

        /** It is in the set of holders. Used only while this object is locked. */
        private boolean known;

        /** Returns a client that is evicted by {@code eviction}. */
        public static Holder of(Runnable eviction) {
            return new Holder() {
                @Override
                protected void evict() {
                    eviction.run();
                }
            };
        }

        /** Returns the bytes that it holds now, for {@link MemoryBudget#update}. Any thread. The default is 0. */
        protected long current() {
            return 0;
        }

        /** Frees the memory: ends what needs it. Called at most once, on any thread. */
        protected abstract void evict();

        /**
         * Returns whether the client is evicted before all clients for which this is false, even if those hold more.
         * The default is false.
         */
        protected boolean first() {
            return false;
        }
    }

    /**
     * @param option the option that sets the limit
     * @param most in bytes
     */
    MemoryBudget(String option, long most, LimitLog log, @Nullable Listener listener) {
        this.option = option;
        this.most = most;
        this.log = log;
        this.alarm = most;
        this.listener = listener;
    }

    /**
     * Sets the bytes that {@code holder} holds; 0 when they are free. Changes of less than {@link #STEP} are ignored,
     * except to 0. Any thread.
     *
     * @return whether the number has changed
     */
    public boolean hold(Holder holder, long bytes) {
        long before = holder.held;
        if (bytes == before || (bytes != 0 && Math.abs(bytes - before) < STEP)) {
            return false;
        }
        change(holder, bytes, false);
        return true;
    }

    /**
     * As {@link #hold}, with the bytes that {@link Holder#current} returns. Several threads may change them. The holder
     * stays known while it holds nothing, because it may hold bytes again soon (benchmark ack); {@link #settle} must
     * follow.
     */
    public void update(Holder holder) {
        long bytes = holder.current();
        long before = holder.held;
        if (bytes != before && (bytes == 0 || Math.abs(bytes - before) >= STEP)) {
            change(holder, CURRENT, true);
        }
    }

    /** As {@link #update}, and forgets a holder that holds nothing. */
    public void settle(Holder holder) {
        change(holder, CURRENT, false);
    }

    /** Counts bytes of clients that hold too little to be evicted for it. Any thread. */
    void add(long delta) {
        if (delta != 0) {
            held.add(delta);
            weigh();
        }
    }

    private void change(Holder holder, long given, boolean stays) {
        long delta;
        synchronized (holder) {
            // Read here: of several threads, the last one sees the latest number.
            long bytes = given == CURRENT ? holder.current() : given;
            delta = bytes - holder.held;
            if (bytes > 0 && !holder.known) {
                holder.known = holders.add(holder);
            } else if (bytes == 0 && holder.known && !stays) {
                holder.known = !holders.remove(holder);
            }
            holder.held = bytes;
            if (holder.evicted) {
                leaving.add(delta);
                holder.evicted = bytes != 0;
            }
        }
        held.add(delta);
        if (listener != null) {
            listener.changed(delta);
        }
        weigh();
    }

    /** Returns the bytes held in all. */
    public long held() {
        return held.sum();
    }

    private void weigh() {
        // Again, because the changes of other threads meanwhile left the work to this one.
        while (held.sum() > most && staying() > alarm && relieving.compareAndSet(false, true)) {
            try {
                relieve();
            } finally {
                relieving.set(false);
            }
        }
        if (alarm != most && staying() < alarm - 2 * (most / 64)) {
            alarm = most;
        }
    }

    private long staying() {
        return held.sum() - leaving.sum();
    }

    private void relieve() {
        long wanted = most - most / 8;
        long excess = staying() - wanted;
        // A copy of the numbers, which change meanwhile: a sort must not see that.
        List<Claim> order = holders.stream()
                .filter(holder -> holder.held > 0 && !holder.evicted)
                .map(holder -> new Claim(holder, holder.held, holder.first()))
                .sorted(Claim.ORDER)
                .toList();
        for (Claim claim : order) {
            if (excess > 0 && leaves(claim.holder)) {
                excess -= claim.bytes;
                evict(claim);
            }
        }
        // Bytes taken since the copy was made are not in it: they count against the new alarm.
        alarm = Math.max(most, excess > 0 ? wanted + excess + most / 64 : 0);
    }

    /** Counts the bytes of a client as leaving, unless it has freed them meanwhile. */
    private boolean leaves(Holder holder) {
        synchronized (holder) {
            if (holder.held == 0) {
                return false;
            }
            holder.evicted = true;
            leaving.add(holder.held);
            return true;
        }
    }

    private void evict(Claim claim) {
        log.report(new ReachedLimit(option, most, held.sum()), "a client is closed that holds more than others");
        if (listener != null) {
            listener.evicted(claim.bytes);
        }
        claim.holder.evict();
    }

    /** The bytes of one holder at one moment. */
    private record Claim(Holder holder, long bytes, boolean first) {
        static final Comparator<Claim> ORDER = Comparator.comparing((Claim claim) -> !claim.first)
                .thenComparing(
                        Comparator.comparingLong((Claim claim) -> claim.bytes).reversed());
    }
}
