package io.everwire.servlet;

import io.everwire.engine.MemoryBudget;
import io.everwire.protocol.Bytes;
import java.util.Arrays;

/**
 * The body of one request while it arrives. Holds little until a session requests it; counts and discards what arrives
 * once it is no longer wanted. Any thread: the container's threads add, the others are called on the strand.
 */
final class RequestBody extends MemoryBudget.Holder {
    /** The bytes held before the body was requested: then reading pauses. */
    static final int UNREQUESTED = 64 * 1024;

    private static final int NOT_REQUESTED = -1;
    private static final byte[] NOTHING = new byte[0];

    private final long announced;
    private final MemoryBudget budget;
    private final Runnable refusal;

    private byte[] held = NOTHING;
    private int length;
    private long discarded;
    private int limit = NOT_REQUESTED;
    private boolean wanted = true;
    private boolean complete;

    /**
     * @param announced the announced length, or −1 if only the end of the body will show it
     * @param budget counts the memory of the body
     * @param refusal refuses the body because the server has no memory for it; called on any thread
     */
    RequestBody(long announced, MemoryBudget budget, Runnable refusal) {
        this.announced = announced;
        this.budget = budget;
        this.refusal = refusal;
        this.complete = announced == 0;
    }

    /** Notes that a session wants the body, up to {@code most} bytes. */
    synchronized void request(int most) {
        limit = most;
    }

    /** Returns whether more bytes than requested were announced or have arrived. False before the request. */
    synchronized boolean oversized() {
        return limit != NOT_REQUESTED && length() > limit;
    }

    /** Returns the largest number of bytes that was requested. */
    synchronized int limit() {
        return limit;
    }

    /** Returns the length: the announced one, or the bytes that have arrived if those are more. */
    synchronized long length() {
        return Math.max(announced, length);
    }

    /** Returns whether all of the body has arrived and was requested. */
    synchronized boolean ready() {
        return complete && wanted && limit != NOT_REQUESTED;
    }

    /** Returns whether reading pauses until the body is requested. */
    synchronized boolean full() {
        return wanted && limit == NOT_REQUESTED && length >= UNREQUESTED;
    }

    /** Returns whether the end of the body has arrived. */
    synchronized boolean complete() {
        return complete;
    }

    /** Returns the number of bytes that have arrived. */
    synchronized long received() {
        return length + discarded;
    }

    /** Returns the number of bytes that arrived and were discarded. */
    synchronized long discarded() {
        return discarded;
    }

    /** Returns the number of announced bytes that have not arrived; 0 if no length was announced. */
    synchronized long outstanding() {
        return complete ? 0 : Math.max(0, announced - length - discarded);
    }

    /** Adds a copy of bytes that arrived, or counts them if they are not wanted. A length that was announced ends it. */
    synchronized void add(byte[] bytes, int more) {
        if (wanted) {
            if (more > held.length - length) {
                grow(more);
            }
            System.arraycopy(bytes, 0, held, length, more);
            length += more;
        } else {
            discarded += more;
        }
        complete |= announced >= 0 && received() >= announced;
    }

    /** Notes that the end of the request has arrived. */
    synchronized void end() {
        complete = true;
    }

    /** Discards the body: what has arrived and what is still to arrive. */
    void discard() {
        synchronized (this) {
            wanted = false;
            discarded += length;
            forget();
        }
        budget.hold(this, 0);
    }

    /** As {@link #discard}, unless a session requested the body. */
    void discardUnrequested() {
        if (limit() == NOT_REQUESTED) {
            discard();
        }
    }

    /** Returns what has arrived, and holds it no longer. Bytes that arrive later are discarded. */
    Bytes take() {
        Bytes bytes;
        synchronized (this) {
            bytes = Bytes.of(held, 0, length);
            wanted = false;
            discarded += length;
            forget();
        }
        budget.hold(this, 0);
        return bytes;
    }

    /** Counts the memory of the body, once it is more than a usual one. Called after bytes were added. */
    void count() {
        long bytes;
        synchronized (this) {
            bytes = wanted && !(complete && limit != NOT_REQUESTED) ? held.length : 0;
        }
        if (bytes >= MemoryBudget.STEP) {
            budget.hold(this, bytes);
        }
    }

    @Override
    protected void evict() {
        refusal.run();
    }

    private void forget() {
        length = 0;
        held = NOTHING;
    }

    /**
     * Grows to the announced length at once if it was accepted; otherwise by doubling, so that a false length costs
     * nothing.
     */
    private void grow(int more) {
        long size = Math.max((long) length + more, Math.min(2L * held.length, Integer.MAX_VALUE - 8));
        if (announced >= size && limit != NOT_REQUESTED && announced <= limit) {
            size = announced;
        }
        held = Arrays.copyOf(held, (int) size);
    }
}
