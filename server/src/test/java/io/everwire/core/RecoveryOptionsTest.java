package io.everwire.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.RecoveryOptions;
import io.everwire.ServerOptions;
import io.everwire.adapter.RecoveryStore;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RecoveryOptionsTest {
    @Test
    void offUnlessAskedFor() {
        assertThat(ServerOptions.builder().build().connectionStateRecovery()).isNull();
    }

    @Test
    void theDefaultsOfTheNodeServerAndBounds() {
        RecoveryOptions options = RecoveryOptions.builder().build();
        assertThat(options.maxDisconnectionDuration()).isEqualTo(Duration.ofMinutes(2));
        assertThat(options.skipMiddlewares()).isTrue();
        assertThat(CoreServer.bounds(options, 7))
                .isEqualTo(new RecoveryStore.Bounds(120_000, 50_000, 100_000, 64 * 1024 * 1024, 7));
    }

    @Test
    void aCopyIsTheSame() {
        RecoveryOptions.Builder builder = RecoveryOptions.builder()
                .maxDisconnectionDuration(Duration.ofSeconds(1))
                .skipMiddlewares(false)
                .maxSessions(2)
                .maxPackets(3)
                .maxBytes(4);
        RecoveryOptions options = builder.build();
        builder.maxSessions(9);

        RecoveryOptions copy = options.toBuilder().build();
        assertThat(CoreServer.bounds(copy, 5)).isEqualTo(new RecoveryStore.Bounds(1_000, 2, 3, 4, 5));
        assertThat(copy.skipMiddlewares()).isFalse();
    }

    @Test
    void whatIsOutOfRangeIsNamed() {
        assertRefused(() -> RecoveryOptions.builder().maxSessions(0), "maxSessions: 0 is not between 1 and 10000000");
        assertRefused(() -> RecoveryOptions.builder().maxPackets(0), "maxPackets: 0 is not between 1 and 10000000");
        assertRefused(() -> RecoveryOptions.builder().maxPackets(10_000_001), "maxPackets: 10000001 is not");
        assertRefused(() -> RecoveryOptions.builder().maxBytes(0), "maxBytes: 0 is not between 1 and 1099511627776");
        assertRefused(
                () -> RecoveryOptions.builder().maxDisconnectionDuration(Duration.ofDays(2)),
                "maxDisconnectionDuration: PT48H is not between 1 ms and 1 day");
    }

    private static void assertRefused(ThrowingCallable options, String message) {
        assertThatThrownBy(options).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(message);
    }
}
