package io.everwire.core.dispatch;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Stages that middleware returns. */
public final class Stages {
    /** The stage of middleware that has decided already. Compared by identity: no callback is needed then. */
    public static final CompletionStage<?> DONE = CompletableFuture.completedFuture(null);

    private Stages() {}

    /** Returns the failure of a stage without the {@link CompletionException} that stages add. */
    public static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
