package io.everwire.cluster;

import io.everwire.adapter.ClusterContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * The queue of incoming messages of one namespace. They are handled in order, one at a time, on a thread of the context, so that the
 * thread of the line only reads. Any thread may add.
 */
final class Inbox {
    /** The number of messages that are handled before other namespaces have their turn. */
    private static final int BATCH = 256;

    /** The memory of an entry beside the bytes of its message. */
    private static final int OVERHEAD = 64;

    private record Entry(Runnable task, long size) {}

    private final ClusterContext context;
    private final long maxBytes;
    private final IntConsumer dropped;
    private final Consumer<RuntimeException> failed;
    private final Deque<Entry> queue = new ArrayDeque<>();
    private long bytes;
    private boolean running;

    /**
     * Creates a queue.
     *
     * @param dropped receives the number of messages that were dropped because too many bytes are queued
     * @param failed receives the exception of a message that could not be handled; the next ones are
     */
    Inbox(ClusterContext context, long maxBytes, IntConsumer dropped, Consumer<RuntimeException> failed) {
        this.context = context;
        this.maxBytes = maxBytes;
        this.dropped = dropped;
        this.failed = failed;
    }

    /** Adds the handling of a message. The oldest messages are dropped if too much is queued; the newest one never is. */
    void add(Runnable task, int length) {
        int lost = 0;
        boolean starts;
        synchronized (this) {
            Entry added = new Entry(task, (long) length + OVERHEAD);
            queue.add(added);
            bytes += added.size;
            while (bytes > maxBytes && queue.size() > 1) {
                bytes -= queue.remove().size;
                lost++;
            }
            starts = !running;
            running = true;
        }
        if (starts) {
            context.execute(this::run);
        }
        if (lost > 0) {
            dropped.accept(lost);
        }
    }

    /** Returns whether all messages that were added have been handled. */
    synchronized boolean isIdle() {
        return !running;
    }

    private void run() {
        for (int i = 0; i < BATCH; i++) {
            Entry next;
            synchronized (this) {
                next = queue.poll();
                if (next == null) {
                    running = false;
                    return;
                }
                bytes -= next.size;
            }
            try {
                next.task.run();
            } catch (RuntimeException e) {
                failed.accept(e);
            }
        }
        context.execute(this::run);
    }
}
