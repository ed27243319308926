package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import org.junit.jupiter.api.Test;

class ReservationTest {
    private static final Encoded PACKET = Encoded.text(Bytes.utf8("x".repeat(960)));
    private static final int SHARE = OutputBudget.share(PACKET);

    private static OutputBudget budget(long most) {
        return new OutputBudget(most, new LimitLog(null), null);
    }

    @Test
    void bytesThatNoReceiverNeededAreReleased() {
        OutputBudget budget = budget(100L * SHARE);
        Reservation reservation = new Reservation(budget, 50);
        assertThat(reservation.admit(SHARE)).isTrue();
        assertThat(reservation.admit(SHARE)).isTrue();

        reservation.close();

        assertThat(budget.admit(98L * SHARE)).isTrue();
        assertThat(budget.admit(1)).isFalse();
        budget.arrived(100L * SHARE);
        assertThat(budget.admit(100L * SHARE)).isTrue();
    }

    /** Near the limit it counts one receiver at a time, so that it admits as many as fit. */
    @Test
    void asManyReceiversAsFitAreAdmitted() {
        OutputBudget budget = budget(10L * SHARE);
        Reservation reservation = new Reservation(budget, 1_000);
        for (int i = 0; i < 10; i++) {
            assertThat(reservation.admit(SHARE)).isTrue();
        }

        assertThat(reservation.admit(SHARE)).isFalse();
        reservation.close();
        assertThat(budget.admit(1)).isFalse();
        budget.arrived(SHARE);
        assertThat(reservation.admit(SHARE)).isTrue();
    }

    @Test
    void packetsOfDifferentSizesCountAsMuchAsEachIs() {
        Encoded small = Encoded.text(Bytes.utf8("x"));
        OutputBudget budget = budget(SHARE + OutputBudget.share(small));
        Reservation reservation = new Reservation(budget, 1);

        assertThat(reservation.admit(SHARE)).isTrue();
        assertThat(reservation.admit(OutputBudget.share(small))).isTrue();
        assertThat(reservation.admit(OutputBudget.share(small))).isFalse();
    }
}
