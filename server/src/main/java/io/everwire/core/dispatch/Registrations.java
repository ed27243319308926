package io.everwire.core.dispatch;

import io.everwire.Registration;
import io.everwire.engine.RateLimitedLog;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Adds listeners to lists and calls them. */
public final class Registrations {
    private static final RateLimitedLog failed = new RateLimitedLog(Registrations.class);

    private Registrations() {}

    /** Adds a listener at the end; the result removes it. */
    public static <T> Registration add(List<T> listeners, T listener) {
        listeners.add(listener);
        return removal(listeners, listener);
    }

    /** Adds a listener at the beginning; the result removes it. */
    static <T> Registration prepend(List<T> listeners, T listener) {
        listeners.add(0, listener);
        return removal(listeners, listener);
    }

    private static <T> Registration removal(List<T> listeners, T listener) {
        AtomicBoolean added = new AtomicBoolean(true);
        return () -> {
            // Once: the same listener may have been added again by other code.
            if (added.compareAndSet(true, false)) {
                listeners.remove(listener);
            }
        };
    }

    /** Runs a listener; logs its failure, so that the next one is called. */
    public static void guarded(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException | Error e) {
            failed.error(e, "a listener failed");
        }
    }
}
