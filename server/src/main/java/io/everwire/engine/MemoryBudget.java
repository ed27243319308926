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
    private final Set<Holder> holders = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean relieving = new AtomicBoolean();

    /** Clients are evicted only above this number. It grows until the evicted clients are closed. */
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
        private volatile long held;
        private volatile boolean evicted;

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
        change(holder, bytes);
        return true;
    }

    /** As {@link #hold}, with the bytes that {@link Holder#current} returns. Several threads may change them. */
    public void update(Holder holder) {
        long bytes = holder.current();
        long before = holder.held;
        if (bytes != before && (bytes == 0 || Math.abs(bytes - before) >= STEP)) {
            change(holder, CURRENT);
        }
    }

    /** Counts bytes of clients that hold too little to be evicted for it. Any thread. */
    void add(long delta) {
        if (delta != 0) {
            held.add(delta);
            weigh();
        }
    }

    private void change(Holder holder, long given) {
        long delta;
        synchronized (holder) {
            // Read here: of several threads, the last one sees the latest number.
            long bytes = given == CURRENT ? holder.current() : given;
            delta = bytes - holder.held;
            if (holder.held == 0 && bytes > 0) {
                holders.add(holder);
            } else if (bytes == 0) {
                holders.remove(holder);
                holder.evicted = false;
            }
            holder.held = bytes;
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
        long all = held.sum();
        if (all <= most) {
            if (alarm != most) {
                alarm = most;
            }
        } else if (all > alarm && relieving.compareAndSet(false, true)) {
            try {
                relieve(all);
                alarm = all + most / 64;
            } finally {
                relieving.set(false);
            }
        }
    }

    private void relieve(long all) {
        long excess = all - (most - most / 8);
        // A copy of the numbers, which change meanwhile: a sort must not see that.
        List<Claim> order = holders.stream()
                .map(holder -> new Claim(holder, holder.held, holder.first()))
                .sorted(Claim.ORDER)
                .toList();
        for (Claim claim : order) {
            // The bytes of clients that are being closed count as free.
            excess -= claim.holder.evicted ? claim.bytes : 0;
        }
        for (Claim claim : order) {
            if (excess > 0 && !claim.holder.evicted) {
                claim.holder.evicted = true;
                excess -= claim.bytes;
                evict(claim);
            }
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
