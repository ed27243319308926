package io.everwire.netty;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of one port that read files: event loops must not block. Few, because disks are, and none while no file
 * is read. Any thread may call it.
 */
final class FileThreads {
    private static final int THREADS = 8;
    private static final long IDLE_SECONDS = 10;

    /** Not limited, but each connection adds one task at most. */
    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), FileThreads::thread);

    FileThreads() {
        pool.allowCoreThreadTimeOut(true);
    }

    /** @throws java.util.concurrent.RejectedExecutionException after {@link #shutdown} */
    void execute(Runnable task) {
        pool.execute(task);
    }

    void shutdown() {
        pool.shutdown();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "everwire-files");
        thread.setDaemon(true);
        return thread;
    }
}
