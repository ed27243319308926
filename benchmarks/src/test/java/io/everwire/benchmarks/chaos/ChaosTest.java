package io.everwire.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.benchmarks.cluster.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * The short form of the cases of {@code docs/cluster-chaos.md} that take seconds. The complete ones are {@code ./everwire chaos}. Without
 * {@code redis-server} or the packages of npm they are skipped; in CI they fail.
 */
@Tag("once") // bin/test runs it on one JDK.
final class ChaosTest {
    private final Lab lab = new Lab(Path.of(""), true);

    @BeforeAll
    static void needsRedisAndNode() {
        boolean ready = RedisServer.isInstalled() && Files.isDirectory(Path.of("js/node_modules/ioredis"));
        if (!"true".equals(System.getenv("CI"))) {
            Assumptions.assumeTrue(ready, "needs redis-server, and npm ci in benchmarks/js");
        }
        assertThat(ready).as("redis-server, and npm ci in benchmarks/js").isTrue();
    }

    @TestFactory
    Stream<DynamicTest> theClusterSurvives() {
        return Stream.of("kill", "redis-kill", "slot", "delay", "garbage")
                .map(Harms::named)
                .map(harm -> DynamicTest.dynamicTest(harm.label(), () -> {
                    Outcome outcome = harm.experiment().run(lab);
                    System.out.println(harm.label() + " " + outcome.figures());
                    assertThat(outcome.broken()).as(harm.description()).isEmpty();
                }));
    }
}
