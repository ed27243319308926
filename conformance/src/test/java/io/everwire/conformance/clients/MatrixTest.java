package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Compares the table of clients in {@code docs} with the results of the tests that ran before. */
@Order(Integer.MAX_VALUE)
@Tag("once") // The table has results of tests with this tag.
class MatrixTest {
    private static final Path DOCUMENT = Agent.ROOT.resolve("docs/clients.md");
    private static final String HEAD = "|---|---|---|---|";

    @Test
    void theTableInTheDocumentationHasTheResults() throws Exception {
        List<String> seen = new ArrayList<>(Matrix.lines());
        if (Boolean.getBoolean("everwire.matrix.accept")) {
            accept(seen);
        }
        List<String> documented = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(documented)
                .as("after a run of all client tests; -Deverwire.matrix.accept=true writes the results")
                .containsAll(seen);
        // A run of selected tests has fewer results.
        boolean all = System.getProperty("test") == null;
        if (all) {
            assertThat(seen).containsExactlyElementsOf(documented);
        }
    }

    private static void accept(List<String> seen) throws Exception {
        List<String> lines = new ArrayList<>(Files.readAllLines(DOCUMENT));
        lines.removeIf(line -> line.startsWith("| `"));
        lines.addAll(lines.indexOf(HEAD) + 1, seen);
        Files.write(DOCUMENT, lines);
    }
}
