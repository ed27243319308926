package io.everwire.conformance.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.everwire.conformance.clients.Agent;
import io.everwire.conformance.cluster.ClusterMatrix.Direction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Compares {@code docs/cluster-matrix.md} with the results of the tests that ran before. {@code -Deverwire.docs.accept=true} writes
 * the tables.
 */
@Order(Integer.MAX_VALUE)
class ClusterMatrixTest {
    private static final Path DOCUMENT = Agent.ROOT.resolve("docs/cluster-matrix.md");

    @Test
    void thePageHasTheResults() throws Exception {
        // A run of selected tests has fewer results; without Redis there are none.
        assumeTrue(ClusterMatrix.isComplete(), "not all tests of clusters with Node ran");
        for (Direction direction : Direction.values()) {
            List<String> lines = new ArrayList<>(Files.readAllLines(DOCUMENT));
            int from = lines.indexOf("## " + direction.heading());
            assertThat(from).as(direction.heading()).isNotNegative();
            int end = from + 1;
            while (end < lines.size() && !lines.get(end).startsWith("## ")) {
                end++;
            }
            List<String> table = ClusterMatrix.table(direction);
            List<String> section = lines.subList(from, end);
            if (Boolean.getBoolean("everwire.docs.accept")) {
                accept(section, table);
                Files.write(DOCUMENT, lines);
            }
            assertThat(section.stream().filter(line -> line.startsWith("|")))
                    .as("-Deverwire.docs.accept=true writes the table")
                    .containsExactlyElementsOf(table);
        }
    }

    /** Puts the table at the place of the former one, or at the end. */
    private static void accept(List<String> section, List<String> table) {
        int at = 0;
        while (at < section.size() && !section.get(at).startsWith("|")) {
            at++;
        }
        section.removeIf(line -> line.startsWith("|"));
        section.addAll(at, table);
    }
}
