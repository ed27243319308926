package io.everwire.benchmarks.attack;

import static org.assertj.core.api.Assertions.assertThat;

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

    private final Round round = new Round(HEAP_MEGABYTES, true);

    @AfterAll
    void stop() {
        round.close();
    }

    @TestFactory
    Stream<DynamicTest> theServerSurvives() {
        return Shapes.ALL.stream()
                .map(shape -> DynamicTest.dynamicTest(shape.label(), () -> {
                    Outcome outcome = round.run(shape);
                    System.out.println(outcome.row());
                    assertThat(outcome.broken()).as(shape.description()).isEmpty();
                }));
    }
}
