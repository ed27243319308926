package io.everwire.servlet;

import java.util.ArrayList;
import java.util.List;

/** The tasks that the holder of one strand runs before it releases the strand. Used on the strand. */
final class TurnEnds {
    private final UnflushedConnections unflushed;
    private final List<Runnable> tasks = new ArrayList<>();

    /** @param unflushed flushed after the tasks */
    TurnEnds(UnflushedConnections unflushed) {
        this.unflushed = unflushed;
    }

    void add(Runnable task) {
        tasks.add(task);
    }

    /** Runs the tasks and flushes the connections. Both may add further tasks, which run, too. */
    void run() {
        do {
            // By index: a task may add another one.
            for (int i = 0; i < tasks.size(); i++) {
                Strand.run(tasks.get(i));
            }
            tasks.clear();
            unflushed.flush();
        } while (!tasks.isEmpty());
    }
}
