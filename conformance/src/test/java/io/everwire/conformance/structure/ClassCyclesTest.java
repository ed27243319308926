package io.everwire.conformance.structure;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Cycles between classes stay small: a reader must know all classes of a cycle to understand one of them. The limit for
 * {@code io.everwire} is higher, because the interfaces of the API mention each other.
 */
final class ClassCyclesTest {
    private static final String API = "io.everwire";
    private static final int MAX_OF_API = 25;
    private static final int MAX = 10;

    private static final ClassGraph GRAPH = ClassGraph.of(libraries());

    @Test
    void cyclesWithinAPackageAreSmall() {
        assertThat(tooLarge(GRAPH))
                .as("cycles of more than " + MAX + " classes (" + MAX_OF_API + " in " + API + "); largest cycles: "
                        + sizes(GRAPH))
                .isEmpty();
    }

    @Test
    void noCycleHasClassesOfTwoPackages() {
        assertThat(acrossPackages(GRAPH))
                .as("cycles between classes of more than one package")
                .isEmpty();
    }

    @Test
    void noCycleBetweenPackages() {
        assertThat(GRAPH.packages().cycles()).as("cycles between packages").isEmpty();
    }

    // The checks themselves

    @Test
    void aCycleOfElevenClassesIsTooLarge() {
        ClassGraph graph = ring("io.everwire.netty", 11);

        assertThat(tooLarge(graph)).hasSize(1);
        assertThat(sizes(graph)).isEqualTo("io.everwire.netty 11");
        assertThat(tooLarge(ring("io.everwire.netty", 10))).isEmpty();
    }

    @Test
    void aCycleOfTwentySixClassesIsTooLargeForTheApi() {
        assertThat(tooLarge(ring(API, 26))).hasSize(1);
        assertThat(tooLarge(ring(API, 25))).isEmpty();
    }

    /** No package refers to itself through another one, yet both packages are on one cycle of classes. */
    @Test
    void aCycleThroughTwoPackagesIsFound() {
        ClassGraph graph = new ClassGraph(Map.of(
                "p.A", Set.of("p.B"),
                "p.B", Set.of("q.C"),
                "q.C", Set.of("p.A"),
                "q.D", Set.of("q.C")));

        assertThat(acrossPackages(graph)).containsExactly(Set.of("p.A", "p.B", "q.C"));
        assertThat(graph.packages().cycles()).containsExactly(Set.of("p", "q"));
        assertThat(acrossPackages(ring("p", 3))).isEmpty();
    }

    /** Two packages can refer to each other without a cycle of classes. */
    @Test
    void aCycleOfPackagesIsFound() {
        ClassGraph graph = new ClassGraph(Map.of("p.A", Set.of("q.B"), "q.C", Set.of("p.D")));

        assertThat(acrossPackages(graph)).isEmpty();
        assertThat(graph.packages().cycles()).containsExactly(Set.of("p", "q"));
    }

    private static List<Set<String>> tooLarge(ClassGraph graph) {
        return graph.packageNames().stream()
                .flatMap(name -> graph.within(name).cycles().stream()
                        .filter(cycle -> cycle.size() > (name.equals(API) ? MAX_OF_API : MAX)))
                .toList();
    }

    private static List<Set<String>> acrossPackages(ClassGraph graph) {
        return graph.cycles().stream()
                .filter(cycle -> cycle.stream()
                                .map(ClassGraph::packageOf)
                                .collect(toSet())
                                .size()
                        > 1)
                .toList();
    }

    /** Returns the size of the largest cycle of each package that has one. */
    private static String sizes(ClassGraph graph) {
        return graph.packageNames().stream()
                .filter(name -> !graph.within(name).cycles().isEmpty())
                .map(name -> name + " " + graph.within(name).cycles().get(0).size())
                .collect(joining(", "));
    }

    private static ClassGraph ring(String name, int size) {
        Map<String, Set<String>> references = new TreeMap<>();
        IntStream.range(0, size).forEach(i -> references.put(name + ".C" + i, Set.of(name + ".C" + (i + 1) % size)));
        return new ClassGraph(references);
    }

    private static JavaClasses libraries() {
        return new ClassFileImporter().importLocations(new Compiled.OfLibraries().get(ClassCyclesTest.class));
    }
}
