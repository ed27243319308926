package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** B13: a thread that broadcasts faster than the event loops write is slowed down. */
@Timeout(120)
class BroadcastPaceTest {
    private final OutputBudget budget = new OutputBudget(2_000, new LimitLog(null), null);
    private final Encoded packet = Encoded.text(Bytes.of(new byte[1_200]));

    @Test
    void aBroadcastingThreadWaitsForTheEventLoops() throws Exception {
        assertThat(budget.admit(packet)).isTrue();
        Thread thread = new Thread(budget::pace);
        thread.start();
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        budget.arrived(packet);

        thread.join(TimeUnit.SECONDS.toMillis(10));
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void itDoesNotWaitWhileTheWayIsFree() {
        budget.pace();
        assertThat(budget.admit(packet)).isTrue();
        budget.arrived(packet);
        budget.pace();
        assertThat(budget.crowded()).isFalse();
    }
}
