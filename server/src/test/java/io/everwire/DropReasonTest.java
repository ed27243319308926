package io.everwire;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.engine.DropCause;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DropReasonTest {
    @Test
    void theEngineHasTheSameConstants() {
        assertThat(Arrays.stream(DropCause.values()).map(Enum::name))
                .containsExactlyElementsOf(
                        Arrays.stream(DropReason.values()).map(Enum::name).toList());
    }

    @ParameterizedTest
    @EnumSource
    void theEngineHasTheSameOptionAndConsequence(DropReason reason) {
        DropCause cause = DropCause.valueOf(reason.name());

        assertThat(reason.option()).isEqualTo(cause.option());
        assertThat(reason.closesClient()).isEqualTo(cause.closesClient());
    }

    /** Applications look the option up to raise it. */
    @Test
    void optionsExist() {
        Stream<String> builders = Stream.of(ServerOptions.Builder.class, LimitOptions.Builder.class)
                .flatMap(builder -> Arrays.stream(builder.getMethods()))
                .map(method -> method.getName());

        assertThat(builders.toList())
                .containsAll(Arrays.stream(DropReason.values())
                        .map(DropReason::option)
                        .filter(option -> option != null)
                        .toList());
    }
}
