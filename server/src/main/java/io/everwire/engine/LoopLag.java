package io.everwire.engine;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Measures how late tasks of event loops run, about once a second for each of them, until the engine closes. */
final class LoopLag {
    /** Less than {@link CoarseTimers#LEAST}: hosts do not round such a delay. */
    private static final long INTERVAL_MILLIS = 900;

    private final LongConsumer receiver;
    private final BooleanSupplier closing;

    private LoopLag(LongConsumer receiver, BooleanSupplier closing) {
        this.receiver = receiver;
        this.closing = closing;
    }

    /** Returns null if the observer does not read the lag. */
    static @Nullable LoopLag of(@Nullable EngineObserver observer, BooleanSupplier closing) {
        LongConsumer receiver = observer == null ? null : observer.loopLag();
        return receiver == null ? null : new LoopLag(receiver, closing);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The task itself ends when the engine closes.
    void measure(EventLoop loop) {
        long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(INTERVAL_MILLIS);
        loop.schedule(() -> receive(loop, due), INTERVAL_MILLIS);
    }

    /** On virtual time, a task may be early. */
    private void receive(EventLoop loop, long due) {
        if (!closing.getAsBoolean()) {
            receiver.accept(Math.max(0, System.nanoTime() - due));
            measure(loop);
        }
    }
}
