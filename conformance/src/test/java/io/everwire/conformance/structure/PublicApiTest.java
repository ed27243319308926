package io.everwire.conformance.structure;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The public API changes only on purpose: {@code ./mvnw verify -Deverwire.api=accept} rewrites the snapshot, and the
 * difference is part of the review.
 */
final class PublicApiTest {
    private static final Path SNAPSHOT = Tree.ROOT.resolve("conformance/src/test/resources/public-api.txt");

    @Test
    void isWhatWasPromised() throws IOException {
        String api = Tree.PUBLISHED.stream().map(PublicApiTest::module).collect(joining("\n"));
        if (System.getProperty("everwire.api", "").equals("accept")) {
            Files.createDirectories(SNAPSHOT.getParent());
            Files.writeString(SNAPSHOT, api);
        }
        String promised = Files.exists(SNAPSHOT) ? Tree.read(SNAPSHOT) : "";
        List<String> before = statements(promised);
        List<String> now = statements(api);
        Stream<String> gone =
                before.stream().filter(statement -> !now.contains(statement)).map("- "::concat);
        Stream<String> come =
                now.stream().filter(statement -> !before.contains(statement)).map("+ "::concat);
        assertThat(Stream.concat(gone, come))
                .as("changes of the public API; -Deverwire.api=accept writes them to " + Tree.show(SNAPSHOT))
                .isEmpty();
        assertThat(promised).as(Tree.show(SNAPSHOT)).isEqualTo(api);
    }

    /** Returns the lines, each after the lines that it is indented below. */
    private static List<String> statements(String api) {
        String[] within = {"", "", ""};
        return api.lines()
                .filter(line -> !line.isBlank())
                .map(line -> {
                    int depth = (line.length() - line.stripLeading().length()) / 2;
                    within[depth] = line.strip();
                    return String.join(" | ", List.of(within).subList(0, depth + 1));
                })
                .toList();
    }

    /** Returns the public types of the packages that a module exports without restriction. */
    private static String module(String module) {
        Path classes = Compiled.classes(module);
        ClassLoader loader = Compiled.loader(module);
        return Compiled.exportedPackages(module).stream()
                .map(name -> new ApiText(loader, classes, name).toString())
                .collect(joining("", "module " + Compiled.moduleName(module) + "\n", ""));
    }
}
