package io.everwire.conformance.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks the tables of {@code docs/old-clients.md}: they are complete, and the tests in them exist. */
final class OldClientsTest {
    private static final Path DOCUMENT = Tree.ROOT.resolve("docs/old-clients.md");

    /** The files of the test suite of socket.io 0.6 with their cases; the names are the same from 0.6.0 to 0.6.18. */
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

    private final Proofs proofs = new Proofs("gen0");

    @Test
    void everyDefectOfTheOriginalHasATest() {
        List<List<String>> rows = Proofs.table(DOCUMENT, "The defects of 2010");
        List<String> named = new ArrayList<>();
        rows.forEach(row -> Pattern.compile("\\b[CSF]\\d+\\b")
                .matcher(row.get(0))
                .results()
                .map(MatchResult::group)
                .forEach(named::add));
        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(Stream.of(numbered("C", 9), numbered("S", 13), numbered("F", 22))
                        .flatMap(List::stream)
                        .toList());
        rows.forEach(row -> proofs.assertProven(row, 2));
    }

    @Test
    void everyCaseOfTheOriginalsTestSuiteIsHere() {
        List<List<String>> rows = Proofs.table(DOCUMENT, "The test-suite of 2010");
        List<String> cases = ORIGINAL.entrySet().stream()
                .flatMap(file -> file.getValue().stream().map(name -> file.getKey() + ": " + name))
                .toList();
        assertThat(cases).hasSize(31);
        assertThat(rows).extracting(row -> row.get(0)).containsExactlyInAnyOrderElementsOf(cases);
        rows.forEach(row -> proofs.assertProven(row, 2));
    }

    @Test
    void everyPartOfTheApiHasATest() {
        List<List<String>> rows = Proofs.table(DOCUMENT, "The API of 2010");
        assertThat(rows).hasSizeGreaterThan(15);
        rows.forEach(row -> proofs.assertProven(row, 3));
    }

    @Test
    void everyKindOfBadInputHasATest() {
        List<List<String>> rows = Proofs.table(DOCUMENT, "Bad input");
        assertThat(rows).hasSizeGreaterThan(8);
        rows.forEach(row -> proofs.assertProven(row, 2));
    }

    private static List<String> numbered(String letter, int last) {
        return IntStream.rangeClosed(1, last).mapToObj(i -> letter + i).toList();
    }
}
