package io.everwire.conformance.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of {@code docs/features.md}: what they name exists. */
final class FeaturesTest {
    private static final Path DOCUMENT = Tree.ROOT.resolve("docs/features.md");
    private static final List<String> PACKAGES =
            List.of("io.everwire.", "io.everwire.netty.", "io.everwire.adapter.", "io.everwire.json.");

    @ParameterizedTest
    @ValueSource(strings = {"Options", "Server", "Namespaces", "Sockets", "Broadcasts", "Middleware"})
    void whatIsSaidToBeHereIsInThePublicApi(String section) {
        List<List<String>> rows = Proofs.table(DOCUMENT, section);

        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            assertThat(row.size()).as(row + ": columns").isBetween(2, 3);
            List<String> names = Proofs.named(row.get(1));
            assertThat(names)
                    .as(row + ": a name, or –")
                    .matches(found -> found.isEmpty() == row.get(1).equals("–"));
            assertThat(names).filteredOn(name -> !isPublic(name)).as(row.get(0)).isEmpty();
        });
    }

    @Test
    void everyMistakeHasItsTest() {
        Proofs proofs = new Proofs();
        List<List<String>> rows = Proofs.table(DOCUMENT, "Mistakes of others, as tests");

        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            assertThat(row).as("feature, failure, test").hasSize(3);
            assertThat(Proofs.named(row.get(2)))
                    .as(row.get(0) + ": " + row.get(1))
                    .isNotEmpty()
                    .allMatch(proofs::exists);
        });
    }

    /** A type, or a member of one as {@code Type.member}, where the type may be a nested one. */
    private static boolean isPublic(String name) {
        int dot = name.lastIndexOf('.');
        return type(name).isPresent()
                || (dot > 0
                        && type(name.substring(0, dot)).stream()
                                .flatMap(owner -> Stream.of(owner.getMethods()))
                                .anyMatch(method -> method.getName().equals(name.substring(dot + 1))));
    }

    private static Optional<Class<?>> type(String name) {
        for (String prefix : PACKAGES) {
            try {
                Class<?> type = Class.forName(prefix + name.replace(".", "$"));
                return Optional.<Class<?>>of(type).filter(found -> Modifier.isPublic(found.getModifiers()));
            } catch (ClassNotFoundException another) {
                continue;
            }
        }
        return Optional.empty();
    }
}
