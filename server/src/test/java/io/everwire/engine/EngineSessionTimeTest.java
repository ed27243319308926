package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The timer of a session. */
class EngineSessionTimeTest extends OpenSession {
    @Test
    void theEarliestTimeAskedForHolds() {
        loop.inside(() -> {
            listener.wakeAt(now + 100);
            listener.wakeAt(now + 100);
            listener.wakeAt(now + 200);
            assertThat(loop.timers()).containsExactly(100L);

            listener.wakeAt(now + 50);
            assertThat(loop.timers()).containsExactly(50L);
        });
    }

    @Test
    void aTimeThatIsPastIsAtOnce() {
        loop.inside(() -> listener.wakeAt(now - 1));

        assertThat(loop.timers()).containsExactly(0L);
    }

    @Test
    void afterATickAnyTimeMayBeAskedFor() {
        loop.inside(() -> listener.wakeAt(now + 10));
        now += 10;
        loop.fire(0);
        assertThat(told).containsExactly("tick 1010");

        loop.inside(() -> listener.wakeAt(now + 500));

        assertThat(loop.timers()).contains(500L);
    }

    @Test
    void aTickThatWasOnItsWayWhenItWasReplacedDoesNoHarm() {
        loop.inside(() -> {
            listener.wakeAt(now + 100);
            listener.wakeAt(now + 50);
        });
        generation.reaction = call -> listener.wakeAt(1_050);

        loop.fire(0);

        assertThat(told).containsExactly("tick 1000");
        assertThat(loop.timers()).as("only the new one").containsExactly(50L);
    }

    @Test
    void aTickFollowsTheSessionToItsNewLoop() {
        loop.inside(() -> listener.wakeAt(now + 10));
        other.inside(() -> session.lineOpened(new StubLine("elsewhere", other, told)));
        loop.run();
        other.run();
        told.clear();

        loop.fire(0);
        assertThat(told).isEmpty();
        other.run();

        assertThat(told).containsExactly("tick 1000");
    }
}
