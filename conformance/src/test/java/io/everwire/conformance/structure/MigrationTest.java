package io.everwire.conformance.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the tables of {@code docs/guide/from-netty-socketio.md}: the replacements in them exist. */
final class MigrationTest {
    private static final Path PAGE = Tree.ROOT.resolve("docs/guide/from-netty-socketio.md");

    @ParameterizedTest
    @ValueSource(strings = {"Configuration", "Server and namespaces", "Clients", "Broadcasts"})
    void whatTakesItsPlaceIsInThePublicApi(String section) {
        List<List<String>> rows = Proofs.table(PAGE, section);

        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            assertThat(row.size()).as(row + ": there, here, note").isBetween(2, 3);
            List<String> names = Proofs.named(row.get(1));
            if (row.get(1).equals("–")) {
                assertThat(row).as("a row without a replacement has a reason").hasSize(3);
            } else {
                assertThat(names).as(row.get(0)).isNotEmpty().allMatch(PublicNames::exists);
            }
        });
    }
}
