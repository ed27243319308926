package io.everwire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EmitResultTest {
    @Test
    void acceptedIsNeitherDroppedNorDisconnected() {
        assertThat(EmitResult.ACCEPTED.accepted()).isTrue();
        assertThat(EmitResult.ACCEPTED.dropped()).isFalse();
        assertThat(EmitResult.ACCEPTED.disconnected()).isFalse();
        assertThat(EmitResult.ACCEPTED.dropReason()).isNull();
        assertThat(EmitResult.ACCEPTED).hasToString("ACCEPTED");
    }

    @Test
    void disconnectedIsNeitherAcceptedNorDropped() {
        assertThat(EmitResult.DISCONNECTED.accepted()).isFalse();
        assertThat(EmitResult.DISCONNECTED.dropped()).isFalse();
        assertThat(EmitResult.DISCONNECTED.disconnected()).isTrue();
        assertThat(EmitResult.DISCONNECTED.dropReason()).isNull();
        assertThat(EmitResult.DISCONNECTED).hasToString("DISCONNECTED");
    }

    @ParameterizedTest
    @EnumSource
    void droppedHasItsReason(DropReason reason) {
        EmitResult result = EmitResult.dropped(reason);

        assertThat(result.accepted()).isFalse();
        assertThat(result.dropped()).isTrue();
        assertThat(result.disconnected()).isFalse();
        assertThat(result.dropReason()).isEqualTo(reason);
        assertThat(result).hasToString("DROPPED: " + reason);
    }

    @ParameterizedTest
    @EnumSource
    void equalResultsAreTheSameObject(DropReason reason) {
        assertThat(EmitResult.dropped(reason)).isSameAs(EmitResult.dropped(reason));
        assertThat(EmitResult.dropped(reason)).isNotIn(EmitResult.ACCEPTED, EmitResult.DISCONNECTED);
    }
}
