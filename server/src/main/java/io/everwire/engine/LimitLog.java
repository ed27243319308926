package io.everwire.engine;

import io.everwire.protocol.ReachedLimit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reports limits that clients passed: each to the observer, and to a log for each option, which limits its lines. Any thread. */
public final class LimitLog {
    private final @Nullable EngineObserver observer;

    /** One entry for each option whose limit was passed. */
    private final Map<String, RateLimitedLog> logs = new ConcurrentHashMap<>();

    LimitLog(@Nullable EngineObserver observer) {
        this.observer = observer;
    }

    /**
     * Reports a limit.
     *
     * @param effect the effect on the client, without any data of it
     */
    public void report(ReachedLimit reached, String effect) {
        if (observer != null) {
            observer.limitReached(reached.option());
        }
        logs.computeIfAbsent(reached.option(), option -> new RateLimitedLog(LimitLog.class))
                .warn("{}: {}", reached, effect);
    }
}
