package io.everwire.conformance.structure;

import static io.everwire.conformance.structure.Tree.named;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules on the text of files. */
final class SourcesTest {
    private static final int MAX_LINES = 450;
    private static final int MIN_WIRE_CARD = 40;

    /** Main files that may be longer, each with its reason. */
    private static final List<String> LONGER = List.of(
            // Each option has its default, its range, its meaning, its setter and its getter in this one file.
            "server/src/main/java/io/everwire/ServerOptions.java");

    private static final Pattern LATER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    private static final Pattern SWITCHED_OFF = Pattern.compile("@(org\\.junit\\.jupiter\\.api\\.)?Dis" + "abled\\w*");
    private static final Pattern SYNCHRONIZED_BLOCK = Pattern.compile("\\bsynchronized\\s*\\(");
    private static final Pattern DECISION = Pattern.compile(
            "# \\d+\\. .+?\\n## Context\\n.+?\\n## Decision\\n.+?\\n## Consequences\\n.+", Pattern.DOTALL);

    @Test
    void filesCanBeReadInOneSitting() {
        assertThat(Tree.sources(Tree.MODULES, "main", ".java"))
                .isNotEmpty()
                .filteredOn(file -> !LONGER.contains(Tree.show(file)))
                .filteredOn(file -> lines(file) > MAX_LINES)
                .map(file -> Tree.show(file) + ": " + lines(file) + " lines")
                .as("main files of more than " + MAX_LINES + " lines")
                .isEmpty();
    }

    @Test
    void nothingIsLeftForLater() {
        assertThat(everything())
                .filteredOn(file -> LATER.matcher(Tree.read(file)).find())
                .map(Tree::show)
                .as("files with a mark for later: do it, or write an issue")
                .isEmpty();
    }

    @Test
    void noTestIsSwitchedOff() {
        assertThat(everything())
                .filteredOn(file -> SWITCHED_OFF.matcher(Tree.read(file)).find())
                .map(Tree::show)
                .as("tests that are switched off: repair or delete them")
                .isEmpty();
    }

    /** Rules on classes cannot see such a block. */
    @Test
    void theProtocolLocksNothing() {
        assertThat(Tree.sources(List.of("protocol"), "main", ".java"))
                .isNotEmpty()
                .filteredOn(file -> SYNCHRONIZED_BLOCK.matcher(Tree.read(file)).find())
                .map(Tree::show)
                .as("files with a synchronized block, though the calls on a session never overlap")
                .isEmpty();
    }

    @Test
    void everyFolderOfTheProtocolIsTextOrAListedGeneration() {
        TreeSet<String> expected = new TreeSet<>(Tree.generations().keySet());
        expected.addAll(List.of("generations", "msgpack", "text"));
        assertThat(folders(Tree.PROTOCOL)).isEqualTo(expected);
    }

    @Test
    void everyGenerationHasItsWireCard() {
        assertThat(Tree.generations().keySet())
                .map(generation -> Tree.PROTOCOL.resolve(generation + "/package-info.java"))
                .filteredOn(card -> !Files.exists(card) || lines(card) < MIN_WIRE_CARD)
                .map(Tree::show)
                .as("wire cards that are missing or have less than " + MIN_WIRE_CARD + " lines")
                .isEmpty();
    }

    @Test
    void everyGenerationHasTranscriptsAndVectors() {
        TreeSet<String> vectors = folders(Tree.ROOT.resolve("vectors"));
        assertThat(vectors.removeAll(List.of("generate", "cluster"))).isTrue();
        assertThat(vectors).isEqualTo(Tree.generations().keySet());
        assertThat(folders(Tree.ROOT.resolve("transcripts")))
                .isEqualTo(Tree.generations().keySet());
        for (String generation : Tree.generations().keySet()) {
            assertThat(Tree.files(Tree.ROOT.resolve("transcripts/" + generation), named(".wire")))
                    .as("transcripts of " + generation)
                    .isNotEmpty();
            assertThat(Tree.files(Tree.ROOT.resolve("vectors/" + generation), named(".json")))
                    .as("vectors of " + generation)
                    .isNotEmpty();
        }
    }

    @Test
    void transcriptsSayWhatTheyShow() {
        assertThat(Tree.files(Tree.ROOT.resolve("transcripts"), file -> true))
                .isNotEmpty()
                .filteredOn(file -> !file.toString().matches(".*[/\\\\][a-z0-9]+(-[a-z0-9]+)*\\.wire")
                        || !Tree.read(file).matches("(?s)# \\S.*\\n"))
                .map(Tree::show)
                .as("transcripts that are not named like-this.wire or do not begin with a comment")
                .isEmpty();
    }

    @Test
    void vectorsSayWhereTheyComeFrom() {
        assertThat(Stream.concat(Tree.generations().keySet().stream(), Stream.of("cluster")))
                .flatMap(generation -> Tree.files(Tree.ROOT.resolve("vectors/" + generation), file -> true))
                .isNotEmpty()
                .filteredOn(file -> !file.toString().endsWith(".json")
                        || !Tree.read(file)
                                .matches("(?s)\\[\\s*\\{\"generatedBy\":\\{\"[^\"]+\":\"[0-9.]+\".*\"note\":.*"))
                .map(Tree::show)
                .as("vectors that do not begin with the library that made them, its version and a note")
                .isEmpty();
    }

    @Test
    void decisionsHaveContextDecisionAndConsequences() {
        List<Path> decisions = Tree.files(Tree.ROOT.resolve("docs/decisions"), file -> !file.endsWith("README.md"));
        assertThat(decisions)
                .isNotEmpty()
                .filteredOn(file -> !file.getFileName().toString().matches("\\d{4}-[a-z0-9-]+\\.md")
                        || !DECISION.matcher(Tree.read(file)).matches())
                .map(Tree::show)
                .as("decisions that are not named 0000-like-this.md or lack title, Context, Decision or Consequences")
                .isEmpty();
        assertThat(decisions)
                .map(file -> file.getFileName().toString().substring(0, 4))
                .as("numbers of decisions")
                .doesNotHaveDuplicates();
    }

    /** Returns all files that people write: sources, build files, scripts, transcripts, documents. */
    private static List<Path> everything() {
        List<Path> files = new ArrayList<>();
        for (String suffix :
                List.of(".java", ".xml", ".js", ".mjs", ".html", ".css", ".wire", ".md", ".yml", "everwire")) {
            files.addAll(Tree.files(Tree.ROOT, file -> file.toString().endsWith(suffix)));
        }
        files.addAll(Tree.files(Tree.ROOT.resolve("bin"), file -> true));
        assertThat(files).hasSizeGreaterThan(100);
        return files;
    }

    private static long lines(Path file) {
        return Tree.read(file).lines().count();
    }

    private static TreeSet<String> folders(Path folder) {
        TreeSet<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(Files::isDirectory)
                    .forEach(file -> names.add(file.getFileName().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }
}
