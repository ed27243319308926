package io.everwire.benchmarks.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The short form of each attack of {@code docs/attack.md}, on a server with a heap of 64 MB. The complete attacks are
 * {@code ./everwire attack}.
 */
@Tag("attack") // bin/test runs it on one JDK.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AttackTest {
    private static final int HEAP_MEGABYTES = 64;

    /** The attacks that still break the server. A shape that passes must leave this list, which ends empty. */
    private static final Set<String> KNOWN_OPEN = Set.of(
            // B1, B2, B12: the memory is limited, but sessions that are never used stay until the timeout of their
            // heartbeat.
            "partial-bodies",
            "big-heads",
            "handshake-door",
            // B4: takes too long on a busy machine.
            "many-arguments",
            // B9
            "slow-posts",
            // B11: the log is limited, but 6 MB of heap stay after the attack.
            "failing-handlers");

    private final Round round = new Round(HEAP_MEGABYTES, true);

    @AfterAll
    void stop() {
        round.close();
    }

    @TestFactory
    Stream<DynamicTest> theServerSurvives() {
        return Shapes.ALL.stream()
                .filter(shape -> !KNOWN_OPEN.contains(shape.label()))
                .map(shape -> DynamicTest.dynamicTest(shape.label(), () -> {
                    Outcome outcome = round.run(shape);
                    System.out.println(outcome.row());
                    assertThat(outcome.broken()).as(shape.description()).isEmpty();
                }));
    }
}
