package io.everwire.engine;

import static io.everwire.engine.SessionState.CLOSED;
import static io.everwire.engine.SessionState.ENDING;
import static io.everwire.engine.SessionState.ENDING_UNREACHED;
import static io.everwire.engine.SessionState.OPEN;
import static io.everwire.engine.SessionState.OPENING;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionStateTest {
    @Test
    void aTransportOpensASessionOnce() {
        assertThat(OPENING.reached()).isEqualTo(OPEN);
        assertThat(OPEN.reached()).isEqualTo(OPEN);
    }

    @Test
    void anEndIsFinalWhetherOrNotATransportReachedTheClient() {
        assertThat(OPEN.ended()).isEqualTo(ENDING);
        assertThat(OPENING.ended()).isEqualTo(ENDING_UNREACHED);
        assertThat(ENDING_UNREACHED.reached()).isEqualTo(ENDING);
        assertThat(ENDING_UNREACHED.ended()).isEqualTo(ENDING_UNREACHED);
        assertThat(ENDING.reached()).isEqualTo(ENDING);
        assertThat(ENDING.ended()).isEqualTo(ENDING);
        assertThat(CLOSED.reached()).isEqualTo(CLOSED);
        assertThat(CLOSED.ended()).isEqualTo(CLOSED);
    }

    @Test
    void theOrderOfATransportAndAnEndDoesNotMatter() {
        for (SessionState state : SessionState.values()) {
            assertThat(state.reached().ended()).isEqualTo(state.ended().reached());
            assertThat(state.reached().ended().compareTo(state)).isNotNegative();
        }
    }

    @Test
    void questionsAreAnsweredForEachState() {
        assertThat(SessionState.values())
                .filteredOn(SessionState::isUnreached)
                .containsExactly(OPENING, ENDING_UNREACHED);
        assertThat(SessionState.values())
                .filteredOn(SessionState::isEnding)
                .containsExactly(ENDING_UNREACHED, ENDING, CLOSED);
    }
}
