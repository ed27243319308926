package io.everwire.conformance.structure;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code docs/architecture.md}: its paths lead through the code as it is, and its table of places names what exists.
 */
final class PathsTest {
    private static final Path DOCUMENT = Tree.ROOT.resolve("docs/architecture.md");
    private static final int MAX_STEPS = 15;

    private static final JavaClasses CLASSES =
            new ClassFileImporter().importLocations(new Compiled.OfLibraries().get(PathsTest.class));

    @ParameterizedTest
    @ValueSource(strings = {"The path of an event", "The path of a broadcast"})
    void everyMethodOfAPathCallsTheNext(String heading) {
        CallPath path = CallPath.of(Tree.read(DOCUMENT), heading);

        assertThat(path.faults(CLASSES)).as(heading).isEmpty();
        assertThat(path.steps()).as(heading).hasSizeLessThanOrEqualTo(MAX_STEPS);
    }

    @Test
    void everyPlaceExists() {
        List<List<String>> rows = Proofs.table(DOCUMENT, "Finding things");

        assertThat(rows).hasSizeGreaterThan(5).allSatisfy(row -> {
            assertThat(Proofs.named(row.get(1))).as(row.get(0)).isNotEmpty();
            assertThat(missing(row.get(1))).as(row.get(0)).isEmpty();
        });
    }

    // The check of places itself

    @ParameterizedTest
    @ValueSource(
            strings = {
                "`SocketIoServer`",
                "`Packet.Event` and `docs/options.md`",
                "`SocketIoServer` (`create`)",
                "`SocketIoServer.create`",
                "the folders `gen1` of `protocol` and `transcripts/gen1`"
            })
    void placesThatExist(String cell) {
        assertThat(missing(cell)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    `SocketIoServers`, SocketIoServers
                    `docs/option.md`, docs/option.md
                    `SocketIoServer` (`recreate`), recreate
                    `SocketIoServer.recreate`, SocketIoServer.recreate
                    the folder `gen9`, gen9
                    """)
    void placesThatDoNotExist(String cell, String missing) {
        assertThat(missing(cell)).containsExactly(missing);
    }

    /**
     * Returns the names in backticks that are neither a file, a folder nor a type, nor a method of the type before
     * them.
     */
    private static List<String> missing(String cell) {
        List<String> missing = new ArrayList<>();
        List<JavaClass> types = List.of();
        for (String name : Proofs.named(cell)) {
            boolean exists;
            if (Character.isUpperCase(name.charAt(0))) {
                types = CallPath.types(CLASSES, name.replaceFirst("\\.[a-z]\\w*$", ""));
                exists = !types.isEmpty() && (!name.matches(".*\\.[a-z]\\w*") || hasMethod(types, name));
            } else {
                exists = isPath(name) || hasMethod(types, name);
            }
            if (!exists) {
                missing.add(name);
            }
        }
        return missing;
    }

    private static boolean hasMethod(List<JavaClass> types, String name) {
        return types.stream().anyMatch(type -> CallPath.hasMethod(type, name.substring(name.lastIndexOf('.') + 1)));
    }

    /** A folder of a generation is named without the folder that it is in. */
    private static boolean isPath(String name) {
        return Stream.of(Tree.ROOT, Tree.PROTOCOL).anyMatch(folder -> Files.exists(folder.resolve(name)));
    }
}
