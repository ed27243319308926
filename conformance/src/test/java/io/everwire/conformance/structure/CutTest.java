package io.everwire.conformance.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Removes each generation from a copy of the libraries; the rest must compile and pass its tests. */
@Tag("cut") // bin/test runs it on one JDK.
final class CutTest {
    static Set<String> generations() {
        return Tree.generations().keySet();
    }

    @ParameterizedTest
    @MethodSource("generations")
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void theRestCompilesAndPasses(String generation, @TempDir Path folder) throws IOException, InterruptedException {
        CutTree tree = CutTree.copy(folder, generation);
        assertThat(tree.compile())
                .as("errors of the compiler without " + generation)
                .isEmpty();
        assertThat(tree.test()).as("the remaining tests without " + generation).endsWith("\n" + RemainingTests.PASSED);
    }
}
