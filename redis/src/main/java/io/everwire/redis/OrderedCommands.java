package io.everwire.redis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Passes commands to a connection in the order of the calls, also while the connection opens. The stages that wait for one future run in
 * the reverse order, so commands that waited for the connection each by itself would overtake each other. An open connection costs no
 * lock. Any thread may use it.
 *
 * @param <C> the connection
 */
final class OrderedCommands<C> {
    private final Supplier<? extends CompletionStage<C>> opening;
    private final Predicate<C> isOpen;

    /** The connection, if no command waits for it. */
    private volatile @Nullable C ready;

    /** The commands that wait for the connection. Guarded by this. */
    private final Deque<Waiting<C, ?>> waiting = new ArrayDeque<>();

    /** True while the connection opens, or receives the commands that waited. Guarded by this. */
    private boolean busy;

    /** A command without its connection. */
    private record Waiting<C, T>(Function<C, ? extends CompletionStage<T>> command, CompletableFuture<T> result) {
        void run(@Nullable C connection, @Nullable Throwable failure) {
            if (connection == null) {
                result.completeExceptionally(failure == null ? new IllegalStateException("no connection") : failure);
                return;
            }
            Failures.ignored(Failures.caught(() -> command.apply(connection)).whenComplete((value, problem) -> {
                if (problem == null) {
                    result.complete(value);
                } else {
                    result.completeExceptionally(problem);
                }
            }));
        }
    }

    /**
     * @param opening returns the connection, or opens it; the stage is done already if the connection is open
     * @param isOpen returns whether a connection is still the one that {@code opening} would return
     */
    OrderedCommands(Supplier<? extends CompletionStage<C>> opening, Predicate<C> isOpen) {
        this.opening = opening;
        this.isOpen = isOpen;
    }

    /** Passes a command on, after those of the calls before; its stage fails if the connection cannot be opened. */
    <T> CompletionStage<T> call(Function<C, ? extends CompletionStage<T>> command) {
        C open = ready;
        if (open != null && isOpen.test(open)) {
            return Failures.caught(() -> command.apply(open));
        }
        Waiting<C, T> added = new Waiting<>(command, new CompletableFuture<>());
        boolean first;
        synchronized (this) {
            waiting.add(added);
            first = !busy;
            busy = true;
            ready = null;
        }
        if (first) {
            Failures.ignored(Failures.caught(opening).whenComplete(this::opened));
        }
        return added.result;
    }

    private void opened(@Nullable C connection, @Nullable Throwable failure) {
        while (true) {
            Waiting<C, ?> next;
            synchronized (this) {
                next = waiting.poll();
                if (next == null) {
                    // Later calls see the connection only now: everything before has been passed on.
                    ready = connection;
                    busy = false;
                    return;
                }
            }
            next.run(connection, failure);
        }
    }
}
