package io.everwire.engine;

import io.everwire.protocol.ReachedLimit;
import org.jspecify.annotations.Nullable;

/** Reports limits that clients passed, to the observer and to the log, which limits its lines for each option. Any thread. */
public final class LimitLog {
    private static final RateLimitedLog.Kinds passed = new RateLimitedLog.Kinds(LimitLog.class);

    private final @Nullable EngineObserver observer;

    /** @param observer receives every report; may be null */
    public LimitLog(@Nullable EngineObserver observer) {
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
        passed.of(reached.option()).warn("{}: {}", reached, effect);
    }

    /**
     * Reports a limit that one client passed, if any, unless the same was reported before.
     *
     * @param before a {@link SmallList} of the options whose limits the client has passed
     * @return the list with this option
     */
    @Nullable
    Object report(@Nullable ReachedLimit reached, String effect, @Nullable Object before) {
        if (reached == null || SmallList.all(before).contains(reached.option())) {
            return before;
        }
        report(reached, effect);
        return SmallList.with(before, reached.option());
    }
}
