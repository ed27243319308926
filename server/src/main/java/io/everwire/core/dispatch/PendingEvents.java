package io.everwire.core.dispatch;

import io.everwire.engine.MemoryBudget;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The events of one socket that arrived and are not handled yet, in order. Counts their memory, for the client and for
 * the server. Any thread; one at a time takes events.
 */
final class PendingEvents extends MemoryBudget.Holder {
    private static final AtomicIntegerFieldUpdater<PendingEvents> BYTES =
            AtomicIntegerFieldUpdater.newUpdater(PendingEvents.class, "bytes");

    private final InputQueue client;
    private final Queue<InboundEvent> queue = new ConcurrentLinkedQueue<>();
    private volatile int bytes;
    private volatile boolean discarded;

    PendingEvents(InputQueue client) {
        this.client = client;
    }

    /** Counts an event until {@link #handled}. */
    void count(InboundEvent event) {
        client.add(event.size());
        if (BYTES.addAndGet(this, event.size()) >= MemoryBudget.STEP) {
            client.budget().update(this);
        }
    }

    /** Adds a counted event. */
    void add(InboundEvent event) {
        queue.add(event);
        if (discarded) {
            discard();
        }
    }

    /** Takes the oldest event; null if none is left, because they were discarded. */
    @Nullable
    InboundEvent poll() {
        return queue.poll();
    }

    /** Counts an event no longer. */
    void handled(InboundEvent event) {
        BYTES.addAndGet(this, -event.size());
        if (discarded) {
            client.budget().settle(this);
        } else {
            client.budget().update(this);
        }
        client.handled(event.size());
    }

    /** Frees the events that no handler has begun to handle, and those added later. */
    void discard() {
        discarded = true;
        for (InboundEvent event = queue.poll(); event != null; event = queue.poll()) {
            handled(event);
        }
        client.budget().settle(this);
    }

    @Override
    protected long current() {
        return bytes;
    }

    @Override
    protected void evict() {
        discard();
        client.evict();
    }
}
