package io.everwire.conformance.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Removes each generation from a copy of the libraries; the rest must compile and pass its tests. */
@Tag("cut") // bin/test runs it on one JDK.
final class CutTest {
    /** The copies that are tested at the same time: their tests wait for most of the time. */
    private static final int AT_ONCE = 2;

    private static final ExecutorService THREADS = Executors.newFixedThreadPool(AT_ONCE);
    private static final Map<String, Future<Rest>> CUTS = new HashMap<>();

    /**
     * The result for what is left.
     *
     * @param errors the errors of the compiler
     * @param summary the summary of the tests; empty if the copy does not compile
     */
    private record Rest(String errors, String summary) {}

    static Set<String> generations() {
        return Tree.generations().keySet();
    }

    @BeforeAll
    static void begin(@TempDir Path folder) {
        for (String generation : generations()) {
            CUTS.put(
                    generation,
                    THREADS.submit(() -> test(generation, Files.createDirectory(folder.resolve(generation)))));
        }
    }

    @AfterAll
    static void end() {
        THREADS.shutdownNow();
    }

    @ParameterizedTest
    @MethodSource("generations")
    @Timeout(value = 45, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void theRestCompilesAndPasses(String generation) throws Exception {
        Rest rest = CUTS.get(generation).get();
        assertThat(rest.errors)
                .as("errors of the compiler without " + generation)
                .isEmpty();
        assertThat(rest.summary).as("the remaining tests without " + generation).endsWith("\n" + RemainingTests.PASSED);
    }

    private static Rest test(String generation, Path folder) throws IOException, InterruptedException {
        CutTree tree = CutTree.copy(folder, generation);
        String errors = tree.compile();
        return new Rest(errors, errors.isEmpty() ? tree.test() : "");
    }
}
