package io.everwire.conformance.structure;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClassGraphTest {
    @Test
    void findsCyclesTheLargestFirst() {
        ClassGraph graph = new ClassGraph(Map.of(
                "p.A", Set.of("p.B"),
                "p.B", Set.of("p.A", "p.C"),
                "p.C", Set.of("p.D"),
                "p.D", Set.of("p.E", "p.G"),
                "p.E", Set.of("p.C"),
                "p.F", Set.of("p.A", "p.E")));

        assertThat(graph.cycles()).containsExactly(Set.of("p.C", "p.D", "p.E"), Set.of("p.A", "p.B"));
    }

    /** Two cycles that share a class are one component. */
    @Test
    void joinsCyclesThatShareAClass() {
        ClassGraph graph = new ClassGraph(
                Map.of("p.A", Set.of("p.B", "p.C"), "p.B", Set.of("p.A"), "p.C", Set.of("p.D"), "p.D", Set.of("p.A")));

        assertThat(graph.cycles()).containsExactly(Set.of("p.A", "p.B", "p.C", "p.D"));
    }

    @Test
    void aClassThatRefersToItselfIsNoCycle() {
        assertThat(new ClassGraph(Map.of("p.A", Set.of("p.A", "p.B"), "p.B", Set.of())).cycles())
                .isEmpty();
    }

    @Test
    void aPackageIsSeenAlone() {
        ClassGraph graph = new ClassGraph(Map.of("p.A", Set.of("q.B"), "q.B", Set.of("p.A"), "p.q.C", Set.of("p.A")));

        assertThat(graph.packageNames()).containsExactly("p", "p.q", "q");
        assertThat(graph.within("p").cycles()).isEmpty();
        assertThat(graph.cycles()).containsExactly(Set.of("p.A", "q.B"));
        assertThat(graph.packages().cycles()).containsExactly(Set.of("p", "q"));
    }

    /** The reference from A to B is in a lambda of a nested class, the one back in an array. */
    @Test
    void readsCompiledClasses(@TempDir Path folder) throws IOException {
        ClassGraph graph = compiled(
                folder,
                Map.of(
                        "A",
                        "package p; public class A { static class N { Runnable r = () -> new q.B(); } }",
                        "B",
                        "package q; public class B { p.A[] all; }"));

        assertThat(graph.packageNames()).containsExactly("p", "q");
        assertThat(graph.cycles()).containsExactly(Set.of("p.A", "q.B"));
    }

    @Test
    void aSealedTypeRefersToItsSubclasses(@TempDir Path folder) throws IOException {
        ClassGraph graph = compiled(
                folder,
                Map.of(
                        "A", "package p; public sealed interface A permits B { }",
                        "B", "package p; public final class B implements A { }"));

        assertThat(graph.cycles()).containsExactly(Set.of("p.A", "p.B"));
    }

    private static ClassGraph compiled(Path folder, Map<String, String> sources) throws IOException {
        compile(folder, sources);
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        try (URLClassLoader own = new URLClassLoader(new URL[] {folder.toUri().toURL()}, loader)) {
            thread.setContextClassLoader(own);
            return ClassGraph.of(new ClassFileImporter().importPath(folder));
        } finally {
            thread.setContextClassLoader(loader);
        }
    }

    private static void compile(Path folder, Map<String, String> sources) throws IOException {
        String[] arguments = {"-proc:none", "-d", folder.toString(), null, null};
        int next = 3;
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = folder.resolve(source.getKey() + ".java");
            Files.writeString(file, source.getValue());
            arguments[next++] = file.toString();
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments))
                .isZero();
    }
}
