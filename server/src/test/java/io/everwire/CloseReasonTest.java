package io.everwire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
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
        assertThat(reason.toString())
                .isEqualTo(reason.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
}
