package io.everwire.conformance.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The words of the wire occur in the packages of generations only. Comments count: code that must explain a generation
 * belongs into its package.
 *
 * <p>{@code polling} and {@code websocket} are allowed, because applications use these names of transports.
 */
final class MagicWordsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                // gen0: the marks of its framing
                "~m~",
                "~j~",
                "~h~",
                // gen1: its packets, its framing character, its JSON-P
                "\\d:::",
                "\uFFFD|\\\\u+(?i:fffd)|(?i:0xfffd)",
                "io\\.j\\[",
                "io\\.JSONP",
                // eio3 and eio4: query, JSON-P, probe, payload separator
                "\\bEIO",
                "___eio",
                "(?i)prob(e|ing)",
                "\u001E|\\\\u+(?i:001e)|(?i:0x1e\\b)|(?i:u\\+001e)",
                // transports of single generations
                "xhr-",
                "jsonp",
                "htmlfile",
                "flashsocket",
                "server-events"
            })
    void standsInGenerationsOnly(String word) {
        List<Path> sources = outsideGenerations(Tree.LIBRARIES, "main", "");
        assertThat(lines(sources, Pattern.compile(word)))
                .as("outside generations: " + word)
                .isEmpty();
    }

    @Test
    void noConditionNamesAGeneration() {
        String names = String.join("|", Tree.generations().keySet());
        Pattern condition = Pattern.compile("\"(" + names + ")\"|\\bname\\(\\)\\s*(==|!=|\\.equals\\()\\s*\"");
        assertThat(lines(outsideGenerations(Tree.LIBRARIES, "main", ".java"), condition))
                .isEmpty();
    }

    /** Tests and comments count too: a file that names a generation cannot remain when the generation is removed. */
    @Test
    void onlyTheListNamesGenerations() {
        List<String> modules = Tree.MODULES.stream()
                .filter(module -> !module.equals("conformance"))
                .toList();
        List<Path> sources = new ArrayList<>(outsideGenerations(modules, "main", ".java"));
        sources.addAll(outsideGenerations(modules, "test", ".java"));
        assertThat(sources.remove(Tree.GENERATIONS)).isTrue();
        Tree.generations().forEach((generation, type) -> {
            Pattern name =
                    Pattern.compile("io\\.everwire\\.protocol\\." + generation + "\\b|\\b" + type + "(?![a-z0-9])");
            assertThat(lines(sources, name)).as("lines that name " + generation).isEmpty();
        });
    }

    private static List<Path> outsideGenerations(List<String> modules, String kind, String suffix) {
        List<Path> sources = Tree.sources(modules, kind, suffix).stream()
                .filter(file -> Tree.generations().keySet().stream()
                        .noneMatch(generation -> Tree.isOfGeneration(file, generation)))
                .toList();
        assertThat(sources).isNotEmpty();
        return sources;
    }

    /** Returns the lines that match, with their places. */
    private static List<String> lines(List<Path> files, Pattern pattern) {
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            String[] lines = Tree.read(file).split("\n", -1);
            for (int i = 0; i < lines.length; i++) {
                if (pattern.matcher(lines[i]).find()) {
                    found.add(Tree.show(file) + ":" + (i + 1) + ": " + lines[i].strip());
                }
            }
        }
        return found;
    }
}
