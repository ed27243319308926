package io.everwire.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** A loop that runs when a test says so, on the test's thread. */
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

    /** Runs what waits. */
    void run() {
        while (!tasks.isEmpty()) {
            inside(tasks.remove());
        }
    }

    /** Runs {@code task} as the loop does; what waits goes on waiting. */
    void inside(Runnable task) {
        running = true;
        try {
            task.run();
        } finally {
            running = false;
        }
    }

    /** How many tasks wait. */
    int waiting() {
        return tasks.size();
    }

    /** The timers that were not cancelled, by what is left until they run when they were made. */
    List<Long> timers() {
        return timers.stream()
                .filter(timer -> !timer.future.isDone())
                .map(Timer::delayMillis)
                .toList();
    }

    /** Fires the timer made as number {@code index}, cancelled or not: it may have been on its way. */
    void fire(int index) {
        inside(timers.get(index).task);
    }
}
