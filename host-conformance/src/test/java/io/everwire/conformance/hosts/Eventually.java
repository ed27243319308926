package io.everwire.conformance.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for values that nothing reports. */
final class Eventually {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private Eventually() {}

    static void is(Callable<?> value, Object expected) {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat((Object) value.call()).isEqualTo(expected));
    }
}
