package io.everwire.engine;

import io.everwire.protocol.Refusal;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Waits for the verdict about one request, for a limited time. Used on the event loop of the request's connection. */
final class PendingVerdict {
    private static final Verdict TOO_LATE = Verdict.reject(List.of(), Refusal.OVERLOADED, null);

    private final EventLoop loop;
    private final Consumer<Verdict> then;
    private @Nullable Future<?> timer;
    private boolean decided;

    /** @param then receives the verdict on the event loop; {@link Refusal#OVERLOADED} if it takes too long */
    PendingVerdict(EventLoop loop, Consumer<Verdict> then) {
        this.loop = loop;
        this.then = then;
    }

    /**
     * Begins to wait.
     *
     * @param stage never fails
     */
    void await(CompletionStage<Verdict> stage, long timeoutMillis) {
        stage.thenAccept(verdict -> {
            if (loop.inLoop()) {
                decide(verdict);
            } else {
                loop.execute(() -> decide(verdict));
            }
        });
        if (!decided) {
            timer = loop.schedule(() -> decide(TOO_LATE), timeoutMillis);
        }
    }

    private void decide(Verdict verdict) {
        if (decided) {
            return;
        }
        decided = true;
        if (timer != null) {
            timer.cancel(false);
        }
        then.accept(verdict);
    }
}
