package io.everwire.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** An event loop that runs when a test calls it, on the test's thread. */
final class ManualEventLoop implements EventLoop {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Timer> timers = new ArrayList<>();
    private boolean running;

    record Timer(Runnable task, long delayMillis, CompletableFuture<Void> future) {}

    @Override
    public boolean inLoop() {
        return running;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Future<?> schedule(Runnable task, long delayMillis) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        timers.add(new Timer(task, delayMillis, future));
        return future;
    }

    /** Runs the queued tasks. */
    void run() {
        while (!tasks.isEmpty()) {
            inside(tasks.remove());
        }
    }

    /** Runs {@code task} as the event loop does, before the queued tasks. */
    void inside(Runnable task) {
        running = true;
        try {
            task.run();
        } finally {
            running = false;
        }
    }

    /** Returns the number of queued tasks. */
    int waiting() {
        return tasks.size();
    }

    /** Returns the delays of the timers that were not cancelled. */
    List<Long> timers() {
        return timers.stream()
                .filter(timer -> !timer.future.isDone())
                .map(Timer::delayMillis)
                .toList();
    }

    /** Fires the timer with this index, cancelled or not: it may have expired before it was cancelled. */
    void fire(int index) {
        inside(timers.get(index).task);
    }
}
