package io.everwire.core;

import io.everwire.ServerObserver;
import io.everwire.adapter.Adapter;
import io.everwire.adapter.ClusterContext;
import io.everwire.adapter.ClusterState;
import io.everwire.core.dispatch.HandlerExecutors;
import io.everwire.core.dispatch.Registrations;
import io.everwire.engine.EventLoop;
import io.everwire.engine.RateLimitedLog;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Starts and stops the factory of adapters of one server, and runs its tasks. Any thread may use it. */
final class CoreClusterContext implements ClusterContext {
    private static final RateLimitedLog stopping = new RateLimitedLog(CoreClusterContext.class);

    /** The logs of each kind of problem. Kinds are names in the code of adapters. */
    private static final RateLimitedLog.Kinds problems = new RateLimitedLog.Kinds(CoreClusterContext.class);

    private final Adapter.Factory factory;
    private final LongSupplier clock;
    private final @Nullable EventLoop timer;
    private final HandlerExecutors executors;
    private final @Nullable ServerObserver observer;
    private @Nullable ScheduledExecutorService threads;
    private boolean shutDown;

    /** Starts the factory. */
    @SuppressWarnings("this-escape") // The factory must not call before start() returns; a server has one factory.
    CoreClusterContext(
            Adapter.Factory factory,
            LongSupplier clock,
            @Nullable EventLoop timer,
            HandlerExecutors executors,
            @Nullable ServerObserver observer) {
        this.factory = factory;
        this.clock = clock;
        this.timer = timer;
        this.executors = executors;
        this.observer = observer;
        factory.start(this);
    }

    @Override
    public long now() {
        return clock.getAsLong();
    }

    @Override
    public void execute(Runnable task) {
        Runnable guarded = () -> Registrations.guarded(task);
        if (!executors.runsOnLoops()) {
            executors.runOffLoop(guarded);
        } else if (timer != null) {
            timer.execute(guarded);
        } else {
            schedule(task, 0);
        }
    }

    @Override
    public Runnable schedule(Runnable task, long delayMillis) {
        Runnable guarded = () -> Registrations.guarded(task);
        if (timer != null) {
            Future<?> scheduled = timer.schedule(guarded, delayMillis);
            return () -> scheduled.cancel(false);
        }
        try {
            Future<?> scheduled = threads().schedule(guarded, delayMillis, TimeUnit.MILLISECONDS);
            return () -> scheduled.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    /** Returns the thread of timers, created when the first adapter needs it. */
    private synchronized ScheduledExecutorService threads() {
        ScheduledExecutorService existing = threads;
        if (existing == null) {
            existing = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "everwire-cluster");
                thread.setDaemon(true);
                return thread;
            });
            threads = existing;
            if (shutDown) {
                existing.shutdown();
            }
        }
        return existing;
    }

    @Override
    public void warn(String kind, String message) {
        problems.of(kind).warn("{}", message);
    }

    @Override
    public void stateChanged(ClusterState state) {
        if (observer != null) {
            observer.clusterChanged(state);
        }
    }

    /** Closes the adapters of these namespaces and then stops the factory. The result is done in time, also if they hang. */
    CompletableFuture<Void> close(Collection<CoreNamespace> namespaces, Duration timeout) {
        return CompletableFuture.allOf(namespaces.stream()
                        .map(namespace -> namespace.closeAdapter().toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, timeout.toMillis(), TimeUnit.MILLISECONDS)
                .thenCompose(closed -> factory.stop().toCompletableFuture().copy())
                .completeOnTimeout(null, timeout.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    stopping.warn(failure, "the factory of adapters could not be stopped");
                    return null;
                });
    }

    /** Ends the thread of timers. */
    synchronized void shutdown() {
        shutDown = true;
        if (threads != null) {
            threads.shutdownNow();
        }
    }
}
