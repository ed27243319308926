package io.everwire.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {
    @Test
    void measureEverythingIfNothingIsSaid() {
        Settings settings = Settings.of(List.of());
        assertThat(settings.scenarios()).containsExactlyElementsOf(Scenario.COMPARING);
        assertThat(settings.servers()).containsExactly(Peer.values());
        assertThat(settings.idle()).isTrue();
        assertThat(settings.rounds()).isEqualTo(5);
    }

    @Test
    void areSetOneByOne() {
        Settings settings = Settings.of(List.of("--rounds=3", "echo", "--servers=floor,node", "--seconds=0.5", "ack"));
        assertThat(settings.idle()).isFalse();
        assertThat(settings.scenarios()).containsExactly(Scenario.ECHO, Scenario.ACK);
        assertThat(settings.servers()).containsExactly(Peer.FLOOR, Peer.NODE);
        assertThat(settings.rounds()).isEqualTo(3);
        assertThat(settings.seconds()).isEqualTo(0.5);
    }

    @Test
    void idleConnectionsAreAScenarioToo() {
        Settings settings = Settings.of(List.of("idle"));
        assertThat(settings.scenarios()).isEmpty();
        assertThat(settings.idle()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecco", "--rounds", "--rounds=-1", "--rounds=many", "--servers=apache", "--speed=1"})
    void refuseWhatMakesNoSense(String arg) {
        assertThatIllegalArgumentException().isThrownBy(() -> Settings.of(List.of(arg)));
    }
}
