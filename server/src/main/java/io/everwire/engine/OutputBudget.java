package io.everwire.engine;

import io.everwire.protocol.Encoded;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the bytes queued for all clients together. Above the limit the clients with the most queued bytes are evicted
 * until an eighth is free again: slow readers pay, not the clients that come last. Only clients that do not keep up are
 * known here, and each reports only changes of a kilobyte or more, so that all others cost nothing. Any thread;
 * approximate while several threads change it at one moment.
 */
public final class OutputBudget {
    private static final Logger log = LoggerFactory.getLogger(OutputBudget.class);

    /** The cost of a connection anyway: less is not worth a report. */
    static final int STEP = 1024;

    /**
     * Hosts copy messages up to this size, in bytes, into a buffer of each receiver; larger ones are in memory once.
     */
    private static final int COPIED = 8 * 1024;

    private final long most;
    private final @Nullable EngineObserver observer;
    private final LongAdder held = new LongAdder();

    /** Bytes on the way from other threads to the event loops: no client can be evicted for them yet. */
    private final LongAdder onTheWay = new LongAdder();

    private final Set<Holder> holders = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean relieving = new AtomicBoolean();
    private volatile boolean scarce;

    /** Clients are evicted only above this number. It grows until the evicted clients are closed. */
    private volatile long alarm;

    /** A client with queued bytes. */
    public abstract static class Holder {
        private volatile long held;
        private volatile boolean evicted;

        /** Ends the connection and forgets the queued bytes. Called at most once, on any thread. */
        protected abstract void evict();
    }

    /** @param most in bytes */
    OutputBudget(long most, @Nullable EngineObserver observer) {
        this.most = most;
        this.alarm = most;
        this.observer = observer;
    }

    /** Sets the bytes queued for {@code holder}; 0 when it is closed. One thread at a time for each holder. */
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
        if (observer != null) {
            observer.queued(bytes - before);
        }
        weigh();
    }

    /**
     * Admits a packet that another thread queues for an event loop; {@link #arrived} must follow. Small packets are not
     * counted: the limit of each client covers them.
     *
     * @return false if the limit is reached, however many clients are evicted
     */
    boolean admit(Encoded encoded) {
        int share = share(encoded);
        if (share == 0) {
            return true;
        }
        if (onTheWay.sum() + share > most) {
            return false;
        }
        onTheWay.add(share);
        return true;
    }

    /** Counts an admitted packet that its event loop has taken. */
    void arrived(Encoded encoded) {
        int share = share(encoded);
        if (share > 0) {
            onTheWay.add(-share);
        }
    }

    /** Returns the memory that is counted for one receiver, in bytes. */
    private static int share(Encoded encoded) {
        int share = encoded.size() / receivers(encoded);
        return share < STEP ? 0 : share;
    }

    /** Returns the number of sessions that share the memory of {@code encoded}. */
    static int receivers(Encoded encoded) {
        return encoded.size() > COPIED ? encoded.receivers() : 1;
    }

    /** Returns the bytes queued in all. */
    public long held() {
        return held.sum();
    }

    /** Returns whether three quarters of the limit are queued: the rest is kept for packets that may not be dropped. */
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
            // The bytes of clients that are being closed count as free.
            excess -= holder.evicted ? holder.held : 0;
        }
        for (Holder holder : heaviest) {
            if (excess > 0 && !holder.evicted) {
                holder.evicted = true;
                long bytes = holder.held;
                excess -= bytes;
                evict(holder, bytes);
            }
        }
    }

    private void evict(Holder holder, long bytes) {
        log.debug("a client with {} queued bytes is evicted (maxQueuedBytesTotal: {})", bytes, most);
        if (observer != null) {
            observer.evicted(bytes);
        }
        holder.evict();
    }
}
