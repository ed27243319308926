package io.everwire.conformance.structure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The repository: its modules, generations and files. */
final class Tree {
    /** The root folder; the build sets a property, an IDE may start anywhere below it. */
    static final Path ROOT = root();

    /** The published modules that work on their own: the server, its hosts, clusters and tests. */
    static final List<String> LIBRARIES = List.of(
            "protocol",
            "server",
            "jackson",
            "netty",
            "reactor-netty",
            "servlet",
            "cluster",
            "redis",
            "testkit",
            "client-files");

    /** The modules for a framework; they are published, too. */
    static final List<String> INTEGRATIONS = List.of("micrometer", "spring", "spring-boot-starter");

    /** The modules for applications of another library, with names of that library; they are published, too. */
    static final List<String> MIGRATION = List.of("netty-socketio", "rewrite");

    static final List<String> PUBLISHED =
            Stream.of(LIBRARIES, INTEGRATIONS, MIGRATION).flatMap(List::stream).toList();

    static final List<String> MODULES = Stream.of(PUBLISHED, List.of("examples", "benchmarks", "conformance"))
            .flatMap(List::stream)
            .toList();

    static final Path PROTOCOL = ROOT.resolve("protocol/src/main/java/io/everwire/protocol");

    /** The list of generations. */
    static final Path GENERATIONS = PROTOCOL.resolve("generations/Generations.java");

    /** An import of {@link #GENERATIONS}; its groups are the generation and its class. */
    static final Pattern GENERATION_IMPORT =
            Pattern.compile("(?m)^import io\\.everwire\\.protocol\\.(\\w+)\\.(\\w+);\n");

    private static final List<String> NOT_OURS = List.of("target", "node_modules", ".git");

    private Tree() {}

    /** Returns the names of the generations in {@link #GENERATIONS}, each with its class. */
    static Map<String, String> generations() {
        Map<String, String> generations = new TreeMap<>();
        for (MatchResult line :
                GENERATION_IMPORT.matcher(read(GENERATIONS)).results().toList()) {
            generations.put(line.group(1), line.group(2));
        }
        if (generations.isEmpty()) {
            throw new IllegalStateException("no generation is imported by " + show(GENERATIONS));
        }
        return generations;
    }

    /**
     * Returns whether a file belongs to a generation: to its main code, its transcripts, its vectors, or its tests. The
     * tests of a generation are in a package of its name, in any module.
     */
    static boolean isOfGeneration(Path file, String generation) {
        String path = show(file);
        return path.matches("protocol/src/main/(java|resources)/io/everwire/protocol/" + generation + "/.*")
                || path.matches("[a-z-]+/src/test/(java|resources)/(.+/)?" + generation + "/.*")
                || path.startsWith("transcripts/" + generation + "/")
                || path.startsWith("vectors/" + generation + "/");
    }

    /**
     * Returns the files below a folder that match, without build output, ordered by name; none if the folder is
     * missing.
     */
    static List<Path> files(Path folder, Predicate<Path> filter) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !NOT_OURS.contains(file.getFileName().toString()))
                    .sorted()
                    .flatMap(file -> Files.isDirectory(file) ? files(file, filter).stream() : Stream.of(file))
                    .filter(filter)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the files in the source folders of modules, {@code main} or {@code test}. */
    static List<Path> sources(List<String> modules, String kind, String suffix) {
        return modules.stream()
                .flatMap(module -> files(ROOT.resolve(module + "/src/" + kind), named(suffix)).stream())
                .toList();
    }

    static Predicate<Path> named(String suffix) {
        return file -> file.toString().endsWith(suffix);
    }

    /** Returns a file as text; bytes that are not UTF-8 are replaced. */
    static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a path for messages: relative to the root. */
    static String show(Path file) {
        return ROOT.relativize(file).toString().replace('\\', '/');
    }

    private static Path root() {
        Path root = Path.of(System.getProperty("everwire.root", "")).toAbsolutePath();
        while (!Files.isDirectory(root.resolve("transcripts"))) {
            root = root.getParent();
            if (root == null) {
                throw new IllegalStateException("no folder \"transcripts\" at or above the working directory");
            }
        }
        return root;
    }
}
