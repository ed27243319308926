package io.everwire.engine;

import io.everwire.protocol.Encoded;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Limits the bytes queued for all clients together, and the bytes on the way from other threads to the event loops. Any
 * thread.
 */
public final class OutputBudget {
    /**
     * Hosts copy messages up to this size, in bytes, into a buffer of each receiver; larger ones are in memory once.
     */
    private static final int COPIED = 8 * 1024;

    /** The memory of a queued packet beside its bytes, in bytes: the task that carries it to the event loop. */
    private static final int TASK = 40;

    /** The time for which {@link #pace} lets its caller wait at most, in nanoseconds. */
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

    private final MemoryBudget queued;
    private final long most;

    /** Bytes on the way from other threads to the event loops: no client can be evicted for them yet. */
    private final LongAdder onTheWay = new LongAdder();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition relieved = lock.newCondition();

    /** The threads in {@link #pace}. */
    private final AtomicInteger waiting = new AtomicInteger();

    private volatile boolean scarce;

    /** Null before the first broadcast. */
    private volatile @Nullable BroadcastDelay measured;

    /** @param most in bytes */
    OutputBudget(long most, LimitLog log, @Nullable EngineObserver observer) {
        this.most = most;
        this.queued = new MemoryBudget("maxQueuedBytesTotal", most, log, new MemoryBudget.Listener() {
            @Override
            public void changed(long delta) {
                if (observer != null) {
                    observer.queued(delta);
                }
            }

            @Override
            public void evicted(long bytes) {
                if (observer != null) {
                    observer.evicted(bytes);
                }
            }
        });
    }

    /** Sets the bytes queued for {@code holder}; 0 when it is closed. */
    public void hold(MemoryBudget.Holder holder, long bytes) {
        if (queued.hold(holder, bytes)) {
            boolean tight = queued.held() > most - most / 4;
            if (tight != scarce) {
                scarce = tight;
            }
        }
    }

    /**
     * Admits bytes that another thread queues for event loops; {@link #arrived} must follow.
     *
     * @return false if the limit is reached, however many clients are evicted
     */
    boolean admit(long bytes) {
        if (onTheWay.sum() + bytes > most) {
            return false;
        }
        onTheWay.add(bytes);
        return true;
    }

    /** Counts admitted bytes that an event loop has taken. */
    void arrived(long bytes) {
        onTheWay.add(-bytes);
        if (waiting.get() > 0 && !full()) {
            relieve();
        }
    }

    /**
     * Returns an object that measures a broadcast; null while an earlier one is measured.
     *
     * @param loops the number of event loops that are to send the broadcast
     */
    @Nullable
    BroadcastDelay measure(int loops, long now) {
        BroadcastDelay last = measured;
        if (last != null && !last.isOver(now)) {
            return null;
        }
        // Of two threads that get here at one time, the broadcast of one is forgotten.
        BroadcastDelay next = new BroadcastDelay(loops, now, this::relieve);
        measured = next;
        return next;
    }

    private void relieve() {
        if (waiting.get() > 0) {
            lock.lock();
            try {
                relieved.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Returns whether half of the limit is on the way to the event loops, or one of them is behind. */
    boolean crowded(long now) {
        BroadcastDelay last = measured;
        return full() || (last != null && last.isLate(now));
    }

    private boolean full() {
        return onTheWay.sum() > most / 2;
    }

    /**
     * Waits while half of the limit is on the way to the event loops or the measured broadcast is, at most a second: a thread
     * that broadcasts faster than the event loops write is slowed down, before clients that keep up are closed or wait
     * for long. Not called on an event loop.
     */
    void pace() {
        BroadcastDelay last = measured;
        lock.lock();
        try {
            waiting.incrementAndGet();
            long left = LONGEST_PAUSE;
            while (left > 0 && (full() || (last != null && last.isPending()))) {
                left = relieved.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.decrementAndGet();
            lock.unlock();
        }
    }

    /** Returns the memory that is counted for one receiver, in bytes. Until it arrives, a packet is in memory once. */
    static int share(Encoded encoded) {
        return TASK + encoded.size() / encoded.receivers();
    }

    /** Returns the number of sessions that share the memory of {@code encoded} once it has arrived. */
    static int receivers(Encoded encoded) {
        return encoded.size() > COPIED ? encoded.receivers() : 1;
    }

    /** Returns the limit, in bytes. */
    long most() {
        return most;
    }

    /** Returns the bytes queued in all. */
    public long held() {
        return queued.held();
    }

    /** Returns whether three quarters of the limit are queued: the rest is kept for packets that may not be dropped. */
    boolean scarce() {
        return scarce;
    }
}
