package io.everwire.conformance.structure;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.CloseReason;
import io.everwire.protocol.ProtocolException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that the tests in {@code docs/security.md} exist, and that SECURITY.md promises the limits and defaults of the code. */
final class SecurityTest {
    private static final Path DOCUMENT = Tree.ROOT.resolve("docs/security.md");

    private static final Path PROMISES = Tree.ROOT.resolve("SECURITY.md");
    private static final Pattern DEFAULT =
            Pattern.compile("`(\\w+)`, ([\\d,]*\\d(?: MB| KiB| MiB| s)?|an? \\w+ of the heap)");

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
    void everyPromisedLimitHasItsTest() {
        List<List<String>> rows = Proofs.table(DOCUMENT, "Limits");
        assertThat(rows).hasSizeGreaterThan(15).allSatisfy(row -> proofs.assertProven(row, 2));
        List<String> limits =
                rows.stream().flatMap(row -> Proofs.named(row.get(0)).stream()).toList();

        List<String> promised = Proofs.named(Tree.read(PROMISES)).stream()
                .filter(name -> name.matches("[a-z]+[A-Z]\\w+"))
                .toList();

        assertThat(promised).hasSizeGreaterThan(15).allMatch(limits::contains);
    }

    @Test
    void everyGuaranteeHasItsTest() {
        String guarantees = Tree.read(PROMISES).split("## Guarantees\n", 2)[1].split("\n\\[docs/memory", 2)[0];
        long promises = guarantees.lines().filter(line -> line.startsWith("- ")).count();
        List<List<String>> rows = Proofs.table(PROMISES, "Tests of the guarantees");

        assertThat(rows).hasSizeGreaterThan((int) promises).allSatisfy(row -> proofs.assertProven(row, 2));
    }

    @Test
    void thePromisedDefaultsAreTheDefaults() {
        Map<String, String> defaults = new HashMap<>();
        for (String type : List.of("`ServerOptions`", "`LimitOptions`")) {
            Proofs.table(Tree.ROOT.resolve("docs/options.md"), type).stream()
                    .filter(row -> row.size() > 2)
                    .forEach(row -> defaults.put(row.get(0).replace("`", ""), row.get(2)));
        }
        Matcher promise = DEFAULT.matcher(Tree.read(PROMISES));
        int found = 0;
        for (; promise.find(); found++) {
            String value = promise.group(2).replace("1 MB", "1,000,000").replace("the heap", "the largest heap");
            assertThat(defaults.get(promise.group(1))).as(promise.group()).startsWith(value);
        }
        assertThat(found).isGreaterThan(12);
    }

    @Test
    void aPeersMistakeHasNoStackTrace() {
        assertThat(new ProtocolException(CloseReason.PARSE_ERROR, "x").getStackTrace())
                .isEmpty();
    }
}
