package io.everwire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CloseReasonTest {
    @Test
    void theProtocolHasTheSameConstants() {
        assertThat(Arrays.stream(io.everwire.protocol.CloseReason.values()).map(Enum::name))
                .containsExactlyElementsOf(
                        Arrays.stream(CloseReason.values()).map(Enum::name).toList());
    }

    @ParameterizedTest
    @EnumSource
    void theProtocolHasTheSameText(CloseReason reason) {
        assertThat(io.everwire.protocol.CloseReason.valueOf(reason.name())).hasToString(reason.toString());
        // The Node server knows no reason of these two: it closes such a client with the reason of a broken transport.
        CloseReason text =
                Set.of(CloseReason.QUEUE_OVERFLOW, CloseReason.EVICTED).contains(reason)
                        ? CloseReason.TRANSPORT_ERROR
                        : reason;
        assertThat(reason.toString())
                .isEqualTo(text.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
}
