package io.everwire.redis;

import io.everwire.adapter.ClusterContext;
import io.everwire.adapter.ClusterState;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/** Time and threads of an emitter, which has no server: the threads that the JDK has anyway. */
final class EmitterContext implements ClusterContext {
    @Override
    public long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public void execute(Runnable task) {
        ForkJoinPool.commonPool().execute(task);
    }

    @Override
    public Runnable schedule(Runnable task, long delayMillis) {
        Executor later = CompletableFuture.delayedExecutor(delayMillis, TimeUnit.MILLISECONDS);
        CompletableFuture<Void> scheduled = new CompletableFuture<>();
        later.execute(() -> {
            if (scheduled.complete(null)) {
                task.run();
            }
        });
        return () -> scheduled.cancel(false);
    }

    /** Logs nothing: the results of the emitter tell. */
    @Override
    public void warn(String kind, String message) {}

    @Override
    public void stateChanged(ClusterState state) {}
}
