package io.everwire.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Turns exceptions of the client library into failed stages: none leaves the link. */
final class Failures {
    private Failures() {}

    static <T> CompletionStage<T> caught(Supplier<? extends CompletionStage<T>> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** Marks a stage whose result nobody needs. */
    static void ignored(CompletionStage<?> stage) {}

    static <T> CompletionStage<T> notConnected() {
        return CompletableFuture.failedStage(new IllegalStateException("not connected to Redis"));
    }
}
