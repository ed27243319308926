package io.everwire.conformance.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/old-clients.md}: nothing is missing in them, and what they name as proof exists. */
final class OldClientsTest {
    private static final Path DOCUMENT = Tree.ROOT.resolve("docs/old-clients.md");

    /** The files of the original's test-suite with their cases; the names are the same from 0.6.0 to 0.6.18. */
    private static final Map<String, List<String>> ORIGINAL = Map.of(
            "index", List.of("server initialization"),
            "utils", List.of("decoding", "decoding of bad framed messages", "encoding"),
            "listener",
                    List.of(
                            "serving static javascript client",
                            "serving non-socket.io requests",
                            "destroying an upgrade connection that is not WebSocket",
                            "broadcasting to clients",
                            "connecting with an invalid sessionid",
                            "connecting to an invalid transport"),
            "flashsocket", List.of("xml policy added to connection"),
            "websocket",
                    List.of(
                            "connection and handshake",
                            "clients tracking",
                            "buffered messages",
                            "json encoding",
                            "hearbeat timeout",
                            "client broadcast"),
            "xhr-polling", List.of("connection and handshake", "clients tracking", "buffered messages"),
            "jsonp-polling", List.of("connection and handshake", "clients tracking", "buffered messages"),
            "xhr-multipart",
                    List.of("connection and handshake", "clients tracking", "buffered messages", "hearbeat timeout"),
            "htmlfile",
                    List.of("connection and handshake", "clients tracking", "buffered messages", "hearbeat timeout"));

    /** {@code `Class.method`}, {@code `.method`} of the class before, {@code `Class`}, or {@code `name.wire`}. */
    private static final Pattern PROOF = Pattern.compile("`([A-Z]\\w+)?(?:\\.(\\w+))?`|`([\\w-]+)\\.wire`");

    private static final Pattern SUPERCLASS = Pattern.compile(" class \\w+ extends (\\w+)");

    private record Row(String what, String proofs) {}

    @Test
    void everyDefectOfTheOriginalHasATest() {
        List<Row> rows = table("The defects of 2010");
        List<String> named = new ArrayList<>();
        rows.forEach(row -> Pattern.compile("\\b[CSF]\\d+\\b")
                .matcher(row.what())
                .results()
                .map(MatchResult::group)
                .forEach(named::add));
        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(Stream.of(numbered("C", 9), numbered("S", 13), numbered("F", 22))
                        .flatMap(List::stream)
                        .toList());
        rows.forEach(OldClientsTest::assertProven);
    }

    @Test
    void everyCaseOfTheOriginalsTestSuiteIsHere() {
        List<Row> rows = table("The test-suite of 2010");
        List<String> cases = ORIGINAL.entrySet().stream()
                .flatMap(file -> file.getValue().stream().map(name -> file.getKey() + ": " + name))
                .toList();
        assertThat(cases).hasSize(31);
        assertThat(rows).extracting(Row::what).containsExactlyInAnyOrderElementsOf(cases);
        rows.forEach(OldClientsTest::assertProven);
    }

    @Test
    void everyPartOfTheApiHasATest() {
        List<Row> rows = table("The API of 2010");
        assertThat(rows).hasSizeGreaterThan(15);
        rows.forEach(OldClientsTest::assertProven);
    }

    @Test
    void everyKindOfBadInputHasATest() {
        List<Row> rows = table("Bad input");
        assertThat(rows).hasSizeGreaterThan(8);
        rows.forEach(OldClientsTest::assertProven);
    }

    private static List<String> numbered(String letter, int last) {
        return IntStream.rangeClosed(1, last).mapToObj(i -> letter + i).toList();
    }

    /** The first and the last cells of the rows below a heading, but for the two rows of the head. */
    private static List<Row> table(String heading) {
        String section = Tree.read(DOCUMENT).split("## " + heading + "\n", 2)[1].split("\n## ", 2)[0];
        return section.lines()
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> line.split("\\|"))
                .map(cells -> new Row(cells[1].strip(), cells[cells.length - 1].strip()))
                .toList();
    }

    private static void assertProven(Row row) {
        Matcher proof = PROOF.matcher(row.proofs());
        String type = "";
        int found = 0;
        for (; proof.find(); found++) {
            if (proof.group(3) != null) {
                assertThat(Tree.ROOT.resolve("transcripts/gen0/" + proof.group(3) + ".wire"))
                        .as(row.what())
                        .exists();
            } else {
                type = proof.group(1) == null ? type : proof.group(1);
                assertThat(hasTest(type, proof.group(2)))
                        .as(row.what() + ": " + type + "." + proof.group(2))
                        .isTrue();
            }
        }
        assertThat(found).as(row.what()).isPositive();
    }

    /** Whether a class of tests, or one that it extends, has such a method; null for any. */
    private static boolean hasTest(String type, String method) {
        Path file = testClasses().get(type);
        if (file == null) {
            return false;
        }
        String source = Tree.read(file);
        Matcher superclass = SUPERCLASS.matcher(source);
        return method == null
                || isTest(source, source.indexOf(" void " + method + "("))
                || (superclass.find() && hasTest(superclass.group(1), method));
    }

    /** Whether the method that stands there is marked as a test, between the empty line before it and its name. */
    private static boolean isTest(String source, int at) {
        return at >= 0
                && source.substring(source.lastIndexOf("\n\n", at), at).matches("(?s).*@(Parameterized)?Test\\b.*");
    }

    private static Map<String, Path> testClasses() {
        Map<String, Path> classes = new TreeMap<>();
        Stream.of(
                        Tree.sources(Tree.MODULES, "test", ".java"),
                        Tree.files(Tree.ROOT.resolve("testkit/src/main"), Tree.named(".java")))
                .flatMap(List::stream)
                .forEach(file -> classes.put(file.getFileName().toString().replace(".java", ""), file));
        return classes;
    }
}
