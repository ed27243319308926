package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.ReachedLimit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Limits that clients pass reach the observer each time. {@link RateLimitedLogTest} tests the lines of the log. */
class LimitLogTest {
    private final List<String> observed = new ArrayList<>();

    @Test
    void theObserverReceivesTheOption() {
        LimitLog log = new LimitLog(new EngineObserver() {
            @Override
            public void limitReached(String option) {
                observed.add(option);
            }
        });

        log.report(new ReachedLimit("maxNamespaces", 2, 3), "a namespace was not joined");
        log.report(new ReachedLimit("maxNamespaces", 2, 3), "a namespace was not joined");

        assertThat(observed).containsExactly("maxNamespaces", "maxNamespaces");
    }

    @Test
    void theTextHasOptionLimitAndValue() {
        assertThat(new ReachedLimit("maxNamespaces", 2, 3)).hasToString("maxNamespaces: the limit is 2, not 3");
    }
}
