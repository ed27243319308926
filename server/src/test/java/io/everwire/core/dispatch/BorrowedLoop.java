package io.everwire.core.dispatch;

import io.everwire.engine.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An event loop that one thread after the other takes. A holder may leave queued tasks to the next one. It has no timers. */
final class BorrowedLoop implements EventLoop {
    private final AtomicReference<@Nullable Thread> holder = new AtomicReference<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<Runnable> ends = new ArrayList<>();

    /** Returns false if a thread holds it. */
    boolean take() {
        return holder.compareAndSet(null, Thread.currentThread());
    }

    /** Runs the queued tasks. Called by the holder. */
    void runTasks() {
        for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
            next.run();
        }
    }

    /** Ends the turn of the holder. */
    void release() {
        ends.forEach(Runnable::run);
        ends.clear();
        holder.set(null);
    }

    @Override
    public boolean inLoop() {
        return holder.get() == Thread.currentThread();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public void atTurnEnd(Runnable task) {
        ends.add(task);
    }

    @Override
    public Future<?> schedule(Runnable task, long delayMillis) {
        return CompletableFuture.failedFuture(new IllegalStateException("no timers"));
    }
}
