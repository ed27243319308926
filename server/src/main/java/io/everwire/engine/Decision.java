package io.everwire.engine;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request that waits for the application to decide about it, on the loop of its connection. */
final class Decision<T> {
    private final HostExchange exchange;
    private final Consumer<T> then;
    private final Runnable tooLate;
    private @Nullable Future<?> timer;
    private boolean over;

    /**
     * @param then told what was decided, unless nobody is there any more who wants to know
     * @param tooLate told instead if it took too long
     */
    Decision(HostExchange exchange, Consumer<T> then, Runnable tooLate) {
        this.exchange = exchange;
        this.then = then;
        this.tooLate = tooLate;
    }

    /**
     * Begins to wait; called on the loop.
     *
     * @param stage never fails
     * @param patience in milliseconds
     */
    void await(CompletionStage<T> stage, long patience) {
        stage.thenAccept(decided -> {
            if (exchange.loop().inLoop()) {
                end(() -> then.accept(decided));
            } else {
                exchange.loop().execute(() -> end(() -> then.accept(decided)));
            }
        });
        if (!over) {
            timer = exchange.loop().schedule(() -> end(tooLate), patience);
        }
    }

    private void end(Runnable told) {
        if (over) {
            return;
        }
        over = true;
        if (timer != null) {
            timer.cancel(false);
        }
        told.run();
    }
}
