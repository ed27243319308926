package io.everwire.engine;

import io.everwire.protocol.Encoded;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * How much may wait to be read by all clients together. Beyond it those that have most to read are given up, until an eighth is
 * free again: who reads slowly pays, not who comes last. Only clients that do not keep up are known here, and each tells only of
 * what changed by a kilobyte, so that nobody else pays for it. Any thread; approximate while several change it at one moment.
 */
public final class OutputBudget {
    /** What a connection costs anyway: less is not worth telling. */
    static final int STEP = 1024;

    /** Hosts copy messages up to this size, in bytes, into a buffer of each receiver; larger ones are in memory once. */
    private static final int COPIED = 8 * 1024;

    private final long most;
    private final LongAdder held = new LongAdder();

    /** On its way from other threads to the loops; not yet anybody's to give up. */
    private final LongAdder coming = new LongAdder();

    private final Set<Holder> holders = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean relieving = new AtomicBoolean();
    private volatile boolean scarce;

    /** Looked for somebody to give up only beyond this: it grows while those who were given up have not gone yet. */
    private volatile long alarm;

    /** One peer that has something to read. */
    public abstract static class Holder {
        private volatile long held;
        private volatile boolean evicted;

        /** Ends the connection and forgets what waits for it. Called once at most, on any thread. */
        protected abstract void evict();
    }

    /** @param most in bytes */
    OutputBudget(long most) {
        this.most = most;
        this.alarm = most;
    }

    /** How much waits for {@code holder} now, in bytes; 0 when it has gone. One thread at a time for each. */
    public void hold(Holder holder, long bytes) {
        long before = holder.held;
        if (bytes == before || (bytes > 0 && Math.abs(bytes - before) < STEP)) {
            return;
        }
        holder.held = bytes;
        if (before == 0) {
            holders.add(holder);
        } else if (bytes == 0) {
            holders.remove(holder);
        }
        held.add(bytes - before);
        weigh();
    }

    /**
     * A packet of another thread wants to wait for its loop. Small ones are not counted: each client's own bound has them.
     *
     * @return how much is counted for it, to be told to {@link #arrived}; −1 if there is no room, however many are given up
     */
    int admit(Encoded encoded) {
        int share = encoded.size() / receivers(encoded);
        if (share < STEP) {
            return 0;
        }
        if (coming.sum() + share > most) {
            return -1;
        }
        coming.add(share);
        return share;
    }

    /** Returns the number of sessions that share the memory of {@code encoded}. */
    static int receivers(Encoded encoded) {
        return encoded.size() > COPIED ? encoded.receivers() : 1;
    }

    /** What was admitted has been taken by its loop. */
    void arrived(int share) {
        if (share > 0) {
            coming.add(-share);
        }
    }

    /** How much waits in all, in bytes. */
    public long held() {
        return held.sum();
    }

    /** Whether so much waits, three quarters, that what may be dropped should be: the rest is for what may not. */
    boolean scarce() {
        return scarce;
    }

    private void weigh() {
        long all = held.sum();
        boolean tight = all > most - most / 4;
        if (tight != scarce) {
            scarce = tight;
        }
        if (all <= most) {
            alarm = most;
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
        List<Holder> heaviest = holders.stream()
                .sorted(Comparator.comparingLong((Holder holder) -> -holder.held))
                .toList();
        for (Holder holder : heaviest) {
            // Those that are on their way out count as gone.
            excess -= holder.evicted ? holder.held : 0;
        }
        for (Holder holder : heaviest) {
            if (excess > 0 && !holder.evicted) {
                holder.evicted = true;
                excess -= holder.held;
                holder.evict();
            }
        }
    }
}
