package io.everwire;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The threads that mailboxes borrow unless the application brings its own. */
final class HandlerExecutors {
    private HandlerExecutors() {}

    /** Virtual threads where the JDK has them (21), else a pool. */
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

    static ExecutorService pool() {
        return new GrowingThreadPool();
    }
}
