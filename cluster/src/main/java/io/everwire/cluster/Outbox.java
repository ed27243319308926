package io.everwire.cluster;

import io.everwire.adapter.ClusterContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The messages that the line has not taken yet. While the line is connected, they are handed over at once, in order; while it is not,
 * they wait, but not longer than {@code maxOutboxAge}. Any thread may use it.
 */
final class Outbox {
    /** The memory of an entry beside the bytes of its message. */
    private static final int OVERHEAD = 128;

    /** The time after which messages that the line did not take are handed over again, in milliseconds. */
    private static final long RETRY = 50;

    private record Entry(
            Wire.Frame frame, long time, @Nullable CompletableFuture<Void> result) {
        long size() {
            return (long) frame.bytes().length() + OVERHEAD;
        }
    }

    private final Line line;
    private final ClusterContext context;
    private final ClusterOptions options;
    private final LongConsumer dropped;
    private final Deque<Entry> queue = new ArrayDeque<>();

    /** The bytes that wait here, or that the line has taken and not handed over yet. */
    private long bytes;

    private boolean open;
    private boolean retrying;
    private long sent;
    private final List<CompletableFuture<Void>> waiters = new ArrayList<>();

    /** @param dropped receives the number of messages that were dropped */
    Outbox(Line line, ClusterContext context, ClusterOptions options, LongConsumer dropped) {
        this.line = line;
        this.context = context;
        this.options = options;
        this.dropped = dropped;
    }

    /** Publishes a message, now or when the line is connected again. */
    void publish(Wire.Frame frame) {
        publish(frame, null);
    }

    /**
     * Publishes a message, now or when the line is connected again.
     *
     * @param result is completed when the message was handed over, or fails if it was dropped; null if nobody waits
     */
    void publish(Wire.Frame frame, @Nullable CompletableFuture<Void> result) {
        Entry entry = new Entry(frame, context.now(), result);
        long lost = 0;
        synchronized (this) {
            lost += removeOld();
            if (bytes + entry.size() > options.maxOutboxBytes() && bytes > 0) {
                lost += frame.droppable() ? 0 : removeDroppable();
            }
            if (bytes + entry.size() > options.maxOutboxBytes() && bytes > 0) {
                lost++;
                fail(entry);
            } else {
                bytes += entry.size();
                // The line is called inside the lock: messages of one thread keep their order.
                if (!open || !queue.isEmpty() || !send(entry)) {
                    queue.add(entry);
                }
            }
        }
        if (lost > 0) {
            dropped.accept(lost);
        }
    }

    /** Called when the line was connected or lost its connection. */
    void open(boolean connected) {
        long lost;
        synchronized (this) {
            open = connected;
            lost = flush();
        }
        if (lost > 0) {
            dropped.accept(lost);
        }
    }

    /** Hands over the messages that wait; returns the number of messages that waited too long. */
    private long flush() {
        long lost = removeOld();
        while (open && !queue.isEmpty() && send(queue.element())) {
            queue.remove();
        }
        return lost;
    }

    /** Tries again later. The line may not report that it is not connected. */
    private void retry() {
        if (!retrying) {
            retrying = true;
            context.schedule(this::retried, RETRY);
        }
    }

    private void retried() {
        long lost;
        synchronized (this) {
            retrying = false;
            lost = flush();
        }
        if (lost > 0) {
            dropped.accept(lost);
        }
    }

    /** Returns a stage that is done when nothing waits. */
    synchronized CompletionStage<Void> drained() {
        if (bytes == 0) {
            return CompletableFuture.completedStage(null);
        }
        CompletableFuture<Void> waiter = new CompletableFuture<>();
        waiters.add(waiter);
        return waiter;
    }

    /** Returns the number of bytes that wait or are on their way. */
    synchronized long bytes() {
        return bytes;
    }

    /** Returns the number of messages that were handed over. */
    synchronized long sent() {
        return sent;
    }

    /**
     * Hands a message over.
     *
     * @return false if the line refused it: it was not sent, so that it can wait without the danger that it arrives twice
     */
    private boolean send(Entry entry) {
        Wire.Frame frame = entry.frame;
        CompletionStage<Void> handed = line.publish(frame.kind(), frame.channel(), frame.bytes());
        if (handed.toCompletableFuture().isCompletedExceptionally()) {
            retry();
            return false;
        }
        handed.whenComplete((done, failure) -> handed(entry, failure == null));
        return true;
    }

    private void handed(Entry entry, boolean successfully) {
        List<CompletableFuture<Void>> idle = List.of();
        synchronized (this) {
            bytes -= entry.size();
            sent += successfully ? 1 : 0;
            if (bytes == 0 && !waiters.isEmpty()) {
                idle = List.copyOf(waiters);
                waiters.clear();
            }
        }
        idle.forEach(waiter -> waiter.complete(null));
        if (!successfully) {
            fail(entry);
            dropped.accept(1);
        } else if (entry.result != null) {
            entry.result.complete(null);
        }
    }

    private long removeOld() {
        long oldest = context.now() - options.maxOutboxAge().toMillis();
        long removed = 0;
        while (!queue.isEmpty() && queue.element().time < oldest) {
            Entry entry = queue.remove();
            bytes -= entry.size();
            fail(entry);
            removed++;
        }
        return removed;
    }

    private static void fail(Entry entry) {
        if (entry.result != null) {
            entry.result.completeExceptionally(new IllegalStateException("the message was not published in time"));
        }
    }

    private long removeDroppable() {
        long before = queue.size();
        queue.removeIf(entry -> {
            if (entry.frame.droppable()) {
                bytes -= entry.size();
                fail(entry);
                return true;
            }
            return false;
        });
        return before - queue.size();
    }
}
