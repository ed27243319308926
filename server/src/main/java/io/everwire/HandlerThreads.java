package io.everwire;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that mailboxes borrow unless the application brings its own. */
final class HandlerThreads {
    /** For JDKs without virtual threads: enough that some handlers may wait, few enough to cost little. */
    private static final int POOL = 64;

    private static final long IDLE_SECONDS = 10;

    private HandlerThreads() {}

    /** Virtual threads where the JDK has them (21), else a pool whose threads end when idle. */
    static ExecutorService create() {
        try {
            MethodHandle virtual = MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class));
            return (ExecutorService) virtual.invoke();
        } catch (NoSuchMethodException older) {
            return pool();
        } catch (Throwable impossible) {
            throw new AssertionError("virtual threads exist but cannot be used", impossible);
        }
    }

    /** The queue holds at most one task for each socket. */
    private static ExecutorService pool() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                POOL, POOL, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "everwire-handler");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
