package io.everwire.conformance.structure;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.CloseReason;
import io.everwire.protocol.ProtocolException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that the tests in {@code docs/security.md} exist. */
final class SecurityTest {
    private static final Path DOCUMENT = Tree.ROOT.resolve("docs/security.md");

    private static final Pattern NAMED_AFTER = Pattern.compile("\\.cve(\\d+)\\w*$");

    private final Proofs proofs = new Proofs();

    @Test
    void everyAdvisoryHasItsTest() {
        List<List<String>> rows = Proofs.table(DOCUMENT, "Advisories");

        assertThat(rows).hasSizeGreaterThan(15).allSatisfy(row -> {
            assertThat(row.get(0)).matches("CVE-\\d+-\\d+(, CVE-\\d+-\\d+)*");
            proofs.assertProven(row, 4);
        });
    }

    @Test
    void eachAdvisoryHasTestsOfItsNameAndEachTestOfSuchANameStandsInItsRow() {
        List<String> named = new ArrayList<>();
        for (List<String> row : Proofs.table(DOCUMENT, "Advisories")) {
            List<String> own = proofs.whole(row.get(3)).stream()
                    .filter(test -> isNamedAfter(test, row.get(0)))
                    .toList();
            assertThat(own).as(row.get(0)).isNotEmpty();
            named.addAll(own);
        }
        assertThat(named).containsExactlyInAnyOrderElementsOf(proofs.tests("cve"));
    }

    /** {@code Type.cve20222421MoreOfIt} is named after CVE-2022-2421. */
    private static boolean isNamedAfter(String test, String advisories) {
        Matcher name = NAMED_AFTER.matcher(test);
        return name.find()
                && Stream.of(advisories.split(", "))
                        .map(advisory -> advisory.replaceAll("\\D", ""))
                        .anyMatch(name.group(1)::equals);
    }

    @Test
    void everyAttackHasItsTest() {
        List<List<String>> rows = Proofs.table(DOCUMENT, "Kinds of attack");

        assertThat(rows).isNotEmpty().allSatisfy(row -> proofs.assertProven(row, 3));
    }

    @Test
    void aPeersMistakeHasNoStackTrace() {
        assertThat(new ProtocolException(CloseReason.PARSE_ERROR, "x").getStackTrace())
                .isEmpty();
    }
}
