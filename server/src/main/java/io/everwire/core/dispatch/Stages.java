package io.everwire.core.dispatch;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** Stages that middleware returns. */
public final class Stages {
    /** The stage of middleware that has decided already. Compared by identity: no callback is needed then. */
    public static final CompletionStage<?> DONE = CompletableFuture.completedFuture(null);

    /** Causes may form a circle. */
    private static final int MAX_WRAPPERS = 16;

    private Stages() {}

    /**
     * Returns a failure without the {@link CompletionException} and {@link ExecutionException} that stages add, also when code that
     * waits for a stage throws them.
     */
    public static Throwable cause(Throwable failure) {
        Throwable found = failure;
        for (int i = 0; i < MAX_WRAPPERS; i++) {
            Throwable cause = found.getCause();
            if (cause == null || !(found instanceof CompletionException || found instanceof ExecutionException)) {
                break;
            }
            found = cause;
        }
        return found;
    }
}
