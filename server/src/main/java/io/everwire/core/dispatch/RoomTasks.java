package io.everwire.core.dispatch;

import io.everwire.LimitOptions;
import io.everwire.engine.LimitLog;
import io.everwire.engine.LogSanitizer;
import io.everwire.engine.RateLimitedLog;
import io.everwire.protocol.ReachedLimit;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks of rooms on handler threads: those of one room one at a time and in order. A room is known here only while it has tasks.
 * Any thread may use it.
 */
public final class RoomTasks {
    private static final RateLimitedLog failed = new RateLimitedLog(RoomTasks.class);

    private final Executor executor;
    private final int maxPerRoom;
    private final int maxTotal;
    private final LimitLog limits;
    private final Map<Name, Tasks> rooms = new ConcurrentHashMap<>();

    /** The tasks of all rooms, queued or running. */
    private final AtomicInteger total = new AtomicInteger();

    private final CompletableFuture<Void> emptied = new CompletableFuture<>();
    private volatile boolean closing;
    private volatile boolean closed;

    /** @param executor runs a room while it has tasks */
    public RoomTasks(Executor executor, LimitOptions options, LimitLog limits) {
        this.executor = executor;
        this.maxPerRoom = options.maxRoomTasks();
        this.maxTotal = options.maxRoomTasksTotal();
        this.limits = limits;
    }

    /**
     * Runs {@code task} after the earlier tasks of the room.
     *
     * @throws RejectedExecutionException if a limit is reached or the server is closed
     */
    public void execute(String namespace, String room, Runnable task) {
        Objects.requireNonNull(task, "the task of a room");
        if (closed) {
            throw new RejectedExecutionException("the server is closed and runs no task of a room");
        }
        int all = total.incrementAndGet();
        if (all > maxTotal) {
            ended(1);
            throw reached("maxRoomTasksTotal", maxTotal);
        }
        add(new Name(namespace, room), task);
    }

    private void add(Name name, Runnable task) {
        while (true) {
            Tasks tasks = rooms.computeIfAbsent(name, Tasks::new);
            switch (tasks.add(task)) {
                case FIRST -> {
                    tasks.start();
                    return;
                }
                case QUEUED -> {
                    return;
                }
                case FULL -> {
                    ended(1);
                    throw reached("maxRoomTasks", maxPerRoom);
                }
                case ENDED -> {
                    // Its last task has ended at this moment: a new object takes its place.
                }
            }
        }
    }

    private RejectedExecutionException reached(String option, int most) {
        limits.report(ReachedLimit.beyond(option, most), "a task of a room was rejected");
        return new RejectedExecutionException(option + ": a task of a room was rejected, the limit is " + most);
    }

    private void ended(int tasks) {
        if (total.addAndGet(-tasks) == 0 && closing) {
            emptied.complete(null);
        }
    }

    /** Returns the number of rooms with tasks. */
    int size() {
        return rooms.size();
    }

    /**
     * Rejects new tasks as soon as no task is left, or after a time.
     *
     * @return done then
     */
    public CompletableFuture<Void> close(long timeoutMillis) {
        closing = true;
        if (total.get() == 0) {
            emptied.complete(null);
        }
        return emptied.copy()
                .completeOnTimeout(null, timeoutMillis, TimeUnit.MILLISECONDS)
                .whenComplete((done, failure) -> closed = true);
    }

    /** The full name of a room. */
    private record Name(String namespace, String room) {}

    /** The result of adding a task to a room. */
    private enum Added {
        FIRST,
        QUEUED,
        FULL,
        ENDED
    }

    /** The tasks of one room; the first one is running or is about to run. */
    private final class Tasks implements Runnable {
        private final Name name;
        private final Queue<Runnable> queue = new ArrayDeque<>(4);
        private boolean ended;

        Tasks(Name name) {
            this.name = name;
        }

        synchronized Added add(Runnable task) {
            if (ended) {
                return Added.ENDED;
            }
            if (queue.size() == maxPerRoom) {
                return Added.FULL;
            }
            queue.add(task);
            return queue.size() == 1 ? Added.FIRST : Added.QUEUED;
        }

        void start() {
            try {
                executor.execute(this);
            } catch (RejectedExecutionException shutDown) {
                ended(clear());
                throw shutDown;
            }
        }

        /** Forgets all tasks and returns their number. */
        private synchronized int clear() {
            int tasks = queue.size();
            queue.clear();
            end();
            return tasks;
        }

        @Override
        public void run() {
            for (Runnable task = first(); task != null; task = next()) {
                run(task);
            }
        }

        private synchronized @Nullable Runnable first() {
            return queue.peek();
        }

        /** Removes the task that has ended. Returns the next one, or null. */
        private @Nullable Runnable next() {
            Runnable next;
            synchronized (this) {
                queue.remove();
                next = queue.peek();
                if (next == null) {
                    end();
                }
            }
            ended(1);
            return next;
        }

        private void end() {
            ended = true;
            rooms.remove(name, this);
        }

        private void run(Runnable task) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                failed.error(
                        e,
                        "a task of the room \"{}\" in {} failed",
                        LogSanitizer.of(name.room()),
                        LogSanitizer.of(name.namespace()));
            }
        }
    }
}
