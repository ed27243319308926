package io.everwire.conformance.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Cuts each generation out of a copy of the libraries; all that is left must compile and pass its tests. */
final class CutTest {
    static Set<String> generations() {
        return Tree.generations().keySet();
    }

    @ParameterizedTest
    @MethodSource("generations")
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void allElseStandsWithout(String generation, @TempDir Path folder) throws IOException, InterruptedException {
        CutTree tree = CutTree.copy(folder, generation);
        assertThat(tree.compile())
                .as("what the compiler says without " + generation)
                .isEmpty();
        assertThat(tree.test())
                .as("the tests that are left without " + generation)
                .endsWith("\n" + RemainingTests.PASSED);
    }
}
